using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Workshop;

namespace Atelier.Jobs.Tests;

/// <summary>Paints nothing: the result is the photograph.</summary>
internal sealed class FastPainter : IPainter
{
    public Precision PrecisionFor(StylizeOptions options) => Precision.Single;

    public StylizeResult Stylize(StylizeRequest request, IProgress<StylizeProgress>? progress, CancellationToken cancel)
        => new() { Picture = request.Content!, IsComplete = true, Terms = [], Scales = [], Warnings = [] };

    public RunForecast Check(StylizeRequest request) => new(0, []);

    public RunPlan Plan(StylizeRequest request, TimeProvider clock, CancellationToken cancel)
        => throw new NotSupportedException();

    public Evaluation Evaluate(
        Picture picture, Picture? content, IReadOnlyList<Style> styles, StylizeOptions options, SpatialGuides guides,
        Picture? palette, CancellationToken cancel) => throw new NotSupportedException();

    public StyleStatistics Extract(
        IReadOnlyList<Picture> artworks, StylizeOptions options, IReadOnlyList<int>? sizes,
        ImmutableArray<Picture?> regions, CancellationToken cancel) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
