using System.Diagnostics;
using Atelier.Engine;
using Atelier.Styles;

namespace Atelier.Losses;

/// <summary>The correlation chain: style losses between neighboring layers. Style files do not store the required
/// statistics.</summary>
/// <remarks>Novak and Nikulin 2016, section 3.5.</remarks>
/// <param name="engine">The engine of the feature maps.</param>
/// <param name="shift">Constant added to all features.</param>
internal sealed class CorrelationFamily(IEngine engine, double shift) : StyleFamily<double[]>
{
    internal override bool IsOfPairs => true;

    internal override Problem ProblemWithFile(int number) => new(
        "style", "does not store the correlations between layers that correlation-chain compares",
        "use the artwork, or turn the chain off")
    {
        Subject = $"style file {number}",
    };

    internal override IStyleMeasure<double[]> NewMeasure(StyleSite site, int channels, PositionWeights? where)
        => new LayerCorrelation(engine, site.Deeper!, site.Layer, shift, where);

    internal override double[] Keep(double[] measured) => measured;

    internal override double[] OfFile(SizedStatistics file, StyleSite site)
        => throw new UnreachableException("Style files were rejected earlier.");

    internal override IStyleTerm NewLoss(
        StyleSite site, double weight, IReadOnlyList<(double[] Statistics, double Share)> targets,
        PositionWeights? where, string? number)
        => new CorrelationLoss(engine, site.Deeper!, site.Layer, shift, targets, weight, where, number);
}
