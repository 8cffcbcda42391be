using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Workers;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Styles;

namespace Atelier.Jobs.Work;

/// <summary>Extracts a style. It takes seconds, so that there is no checkpoint.</summary>
internal sealed class StyleWork(Claim claim, JobSpecification specification, string folder, WorkerOptions options)
    : JobWork(claim, specification, folder)
{
    private Recipe _recipe = new();
    private PaintSources? _sources;

    /// <inheritdoc/>
    internal override async Task FetchAsync(IBlobStore blobs, CancellationToken cancel)
    {
        _recipe = Specification.ReadRecipe();
        _sources = await JobInputs.FetchAsync(blobs, Claim.Owner, _recipe, Folder, cancel);
    }

    /// <inheritdoc/>
    internal override bool Run(CancellationToken cancel)
    {
        Activity = "measuring the artworks";
        _ = new StyleFileExtraction(options.Context with { Cancel = cancel }, options.Engine)
        {
            Artworks = _sources!.Styles,
            Regions = _sources.Guides.Regions,
            Options = _recipe.Options,
            Sizes = Specification.Sizes,
            OutputPath = OutputPath,
        }.Run();
        return true;
    }
}
