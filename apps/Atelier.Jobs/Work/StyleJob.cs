using Atelier.Jobs.Blobs;
using Atelier.Options;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Styles;

namespace Atelier.Jobs.Work;

/// <summary>A style to be extracted by a worker.</summary>
/// <param name="Artworks">The artworks.</param>
/// <param name="Options">The network, its pooling, the style layers and the style weights.</param>
/// <param name="Name">The name of the result, a style file.</param>
public sealed record StyleJob(IReadOnlyList<PictureSource> Artworks, StylizeOptions Options, string Name)
{
    /// <summary>The extension of a style file.</summary>
    public const string Extension = StyleFileExtraction.Extension;

    /// <summary>The style region of each artwork, a file or <c>all</c>; empty uses the whole of every
    /// artwork.</summary>
    public IReadOnlyList<PictureSource> Regions { get; init; } = [];

    /// <summary>Long sides at which to measure; null for the default ones.</summary>
    public IReadOnlyList<int>? Sizes { get; init; }

    /// <summary>Checks it as far as is possible without decoding its pictures, and stores its files.</summary>
    /// <param name="context">Supplies standard input.</param>
    /// <param name="queue">The queue whose blobs the files become; the job is not added yet.</param>
    /// <param name="owner">Who adds it.</param>
    /// <exception cref="OptionsException">The options contradict each other.</exception>
    /// <exception cref="AtelierException">A file does not exist, or the name is not that of a style file.</exception>
    /// <exception cref="IOException">A file cannot be read or stored.</exception>
    public async Task<NewJob> StoreAsync(WorkshopContext context, JobQueue queue, string owner)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(queue);
        PaintSources sources = new() { Styles = Artworks, Guides = new GuideSources { Regions = [.. Regions] } };
        sources.Require(Options);
        if (!Path.GetExtension(Name).Equals(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw CodedException.Usage(
                $"'{Name}' is not the name of a style file.", $"end it with {Extension}", "name");
        }

        (string recipe, IReadOnlyList<BlobKey> keys) =
            await JobInputs.StoreAsync(context, queue.Blobs, owner, sources, Options);
        return new NewJob(
            new JobSpecification
            {
                Kind = JobKind.Style,
                Name = Path.GetFileName(Name),
                RecipeText = recipe,
                Sizes = Sizes,
            },
            owner, keys);
    }
}
