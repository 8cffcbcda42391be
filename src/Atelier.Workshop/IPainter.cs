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
    // The codes of errors of a device.
    private const string DeviceErrors = "device.";

    private EngineOptions? _fallback = engine.Fallback;
    private Stylizer? _created;

    private Stylizer Stylizer => _created ??= new(engine);

    /// <inheritdoc/>
    public Precision PrecisionFor(StylizeOptions options) => Stylizer.PrecisionFor(options);

    /// <inheritdoc/>
    /// <remarks>If the engine fails and has a fallback, the picture is painted anew by that, with a warning.</remarks>
    public StylizeResult Stylize(StylizeRequest request, IProgress<StylizeProgress>? progress, CancellationToken cancel)
    {
        StylizeRequest found = Found(request);
        try
        {
            return Stylizer.Stylize(found, progress, cancel);
        }
        catch (CodedException error) when (_fallback is not null
            && error.Code.StartsWith(DeviceErrors, StringComparison.Ordinal))
        {
            StylizeResult result = FallBack().Stylize(
                found with { Checkpoint = found.Checkpoint is null ? null : found.Checkpoint with { Resume = false } },
                progress, cancel);
            return result with
            {
                Warnings =
                    [$"{error.Message} The picture was painted by the engine '{engine.Name}'.", .. result.Warnings],
            };
        }
    }

    /// <inheritdoc/>
    public RunForecast Check(StylizeRequest request) => Stylizer.Check(Found(request));

    /// <inheritdoc/>
    public RunPlan Plan(StylizeRequest request, TimeProvider clock, CancellationToken cancel)
        => Stylizer.Plan(Found(request), clock, cancel);

    /// <inheritdoc/>
    public Evaluation Evaluate(
        Picture picture, Picture? content, IReadOnlyList<Style> styles, StylizeOptions options, SpatialGuides guides,
        Picture? palette, CancellationToken cancel)
        => Stylizer.Evaluate(picture, content, styles, cache.Resolve(options), guides, palette, cancel);

    /// <inheritdoc/>
    public StyleStatistics Extract(
        IReadOnlyList<Picture> artworks, StylizeOptions options, IReadOnlyList<int>? sizes,
        ImmutableArray<Picture?> regions, CancellationToken cancel)
        => Stylizer.Extract(artworks, cache.Resolve(options), sizes, regions, cancel);

    /// <inheritdoc/>
    public void Dispose() => _created?.Dispose();

    private Stylizer FallBack()
    {
        _created?.Dispose();
        _created = null;
        (engine, _fallback) = (_fallback!, null);
        return Stylizer;
    }

    private StylizeRequest Found(StylizeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request with { Options = cache.Resolve(request.Options) };
    }
}
