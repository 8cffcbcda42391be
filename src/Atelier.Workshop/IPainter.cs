using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Workshop.Networks;

namespace Atelier.Workshop;

/// <summary>The operations of <see cref="Stylizer"/> that this library uses, as an interface, so that tests can replace
/// them.</summary>
public interface IPainter : IDisposable
{
    /// <inheritdoc cref="Stylizer.PrecisionFor"/>
    Precision PrecisionFor(StylizeOptions options);

    /// <inheritdoc cref="Stylizer.Stylize"/>
    StylizeResult Stylize(StylizeRequest request, IProgress<StylizeProgress>? progress, CancellationToken cancel);

    /// <inheritdoc cref="Stylizer.Check"/>
    RunForecast Check(StylizeRequest request);

    /// <inheritdoc cref="Stylizer.Plan"/>
    RunPlan Plan(StylizeRequest request, TimeProvider clock, CancellationToken cancel);

    /// <inheritdoc cref="Stylizer.Evaluate"/>
    Evaluation Evaluate(
        Picture picture, Picture? content, IReadOnlyList<Style> styles, StylizeOptions options, SpatialGuides guides,
        Picture? palette, CancellationToken cancel);

    /// <inheritdoc cref="Stylizer.Extract"/>
    StyleStatistics Extract(
        IReadOnlyList<Picture> artworks, StylizeOptions options, IReadOnlyList<int>? sizes,
        ImmutableArray<Picture?> regions, CancellationToken cancel);
}

/// <summary>A <see cref="Stylizer"/> that also accepts the name of a downloaded network, and uses its file in the
/// cache.</summary>
/// <param name="engine">The engine options.</param>
/// <param name="cache">The folder of downloaded networks.</param>
public sealed class Painter(EngineOptions engine, NetworkCache cache) : IPainter
{
    private readonly Stylizer _stylizer = new(engine);

    /// <inheritdoc/>
    public Precision PrecisionFor(StylizeOptions options) => _stylizer.PrecisionFor(options);

    /// <inheritdoc/>
    public StylizeResult Stylize(StylizeRequest request, IProgress<StylizeProgress>? progress, CancellationToken cancel)
        => _stylizer.Stylize(Found(request), progress, cancel);

    /// <inheritdoc/>
    public RunForecast Check(StylizeRequest request) => _stylizer.Check(Found(request));

    /// <inheritdoc/>
    public RunPlan Plan(StylizeRequest request, TimeProvider clock, CancellationToken cancel)
        => _stylizer.Plan(Found(request), clock, cancel);

    /// <inheritdoc/>
    public Evaluation Evaluate(
        Picture picture, Picture? content, IReadOnlyList<Style> styles, StylizeOptions options, SpatialGuides guides,
        Picture? palette, CancellationToken cancel)
        => _stylizer.Evaluate(picture, content, styles, cache.Resolve(options), guides, palette, cancel);

    /// <inheritdoc/>
    public StyleStatistics Extract(
        IReadOnlyList<Picture> artworks, StylizeOptions options, IReadOnlyList<int>? sizes,
        ImmutableArray<Picture?> regions, CancellationToken cancel)
        => _stylizer.Extract(artworks, cache.Resolve(options), sizes, regions, cancel);

    /// <inheritdoc/>
    public void Dispose() => _stylizer.Dispose();

    private StylizeRequest Found(StylizeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request with { Options = cache.Resolve(request.Options) };
    }
}
