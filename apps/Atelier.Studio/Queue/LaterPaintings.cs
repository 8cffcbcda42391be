using Atelier.Jobs;
using Atelier.Jobs.Work;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Studio.Variations;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

namespace Atelier.Studio.Queue;

/// <summary>Adds to the queue what is to be painted later.</summary>
/// <param name="queue">The queue.</param>
/// <param name="folder">Where the pictures are.</param>
public sealed class LaterPaintings(QueueRoom queue, StudioFolder folder)
{
    /// <summary>The owner of what studios add.</summary>
    public const string Owner = "studio";

    private const int GroupDigits = 6;

    /// <summary>Adds a painting, with its masks and options as they are.</summary>
    /// <param name="choice">What to paint; complete.</param>
    /// <param name="cancel">Ends adding; nothing is added then.</param>
    /// <returns>The name of the result.</returns>
    /// <exception cref="AtelierException">It cannot be painted, or the queue cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be read or stored.</exception>
    public async Task<string> AddAsync(PaintingChoice choice, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(choice);
        await AddAsync([(choice, choice.ResultName)], null, cancel);
        return choice.ResultName;
    }

    /// <summary>Adds all paintings of a grid, in full quality, as one group.</summary>
    /// <inheritdoc cref="AddAsync(PaintingChoice, CancellationToken)"/>
    public Task AddAsync(VariationPlan plan, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        string group = $"{plan.Basis.Photograph!.Title} {Guid.NewGuid().ToString("N")[..GroupDigits]}";
        return AddAsync([.. plan.Cells.Select(cell => (cell.Choice, cell.ResultName))], group, cancel);
    }

    private async Task AddAsync(
        IReadOnlyList<(PaintingChoice Choice, string Name)> paintings, string? group, CancellationToken cancel)
    {
        JobQueue opened = await queue.OpenAsync(cancel);

        // Reading and hashing large photographs takes a while.
        List<NewJob> jobs = await Task.Run(async () =>
        {
            List<NewJob> stored = [];
            foreach ((PaintingChoice choice, string name) in paintings)
                stored.Add(await StoreAsync(opened, choice, name, cancel) with { Group = group });
            return stored;
        }, cancel);
        await opened.AddAsync(jobs, cancel);
    }

    private Task<NewJob> StoreAsync(JobQueue opened, PaintingChoice choice, string name, CancellationToken cancel)
    {
        PaintSources sources = ChosenSources.Of(choice, folder);

        // The recipe of the result names them.
        folder.PassingMasks.Keep(
            [.. sources.All.Select(source => source.Path), .. choice.Masks.Pictures.Select(mask => mask.Name)]);
        return new PictureJob(sources, choice.Options, name)
            .StoreAsync(new WorkshopContext { Cancel = cancel }, opened, Owner);
    }
}
