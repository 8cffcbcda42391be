using Atelier.Imaging;
using Atelier.Jobs.Blobs;
using Atelier.Options;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

namespace Atelier.Jobs.Work;

/// <summary>A picture to be painted by a worker.</summary>
/// <param name="Sources">The input files.</param>
/// <param name="Options">All options. The network is named: a file of this machine is of no use to another.</param>
/// <param name="Name">The name of the result; its extension selects the format.</param>
public sealed record PictureJob(PaintSources Sources, StylizeOptions Options, string Name)
{
    /// <summary>How the picture is written.</summary>
    public EncodeOptions Encode { get; init; } = EncodeOptions.Default;

    /// <summary>Checks it as far as is possible without decoding its pictures, and stores its files.</summary>
    /// <param name="context">Supplies standard input.</param>
    /// <param name="queue">The queue whose blobs the files become; the job is not added yet.</param>
    /// <param name="owner">Who adds it.</param>
    /// <exception cref="OptionsException">The options contradict each other.</exception>
    /// <exception cref="AtelierException">A file does not exist or is not a picture, or the name is not that of a
    /// picture.</exception>
    /// <exception cref="IOException">A file cannot be read or stored.</exception>
    public async Task<NewJob> StoreAsync(WorkshopContext context, JobQueue queue, string owner)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(queue);
        Sources.Require(Options);
        if (!ImageFormats.WritableExtensions.Contains(Path.GetExtension(Name), StringComparer.OrdinalIgnoreCase))
        {
            throw CodedException.Usage($"'{Name}' is not the name of a picture that can be written.",
                $"end it with one of {string.Join(", ", ImageFormats.WritableExtensions)}", "name");
        }

        (string recipe, IReadOnlyList<BlobKey> keys) =
            await JobInputs.StoreAsync(context, queue.Blobs, owner, Sources, Options);
        return new NewJob(
            new JobSpecification
            {
                Kind = JobKind.Picture,
                Name = Path.GetFileName(Name),
                RecipeText = recipe,
                Encode = Encode,
            },
            owner, keys);
    }
}
