using Atelier.Engine.Statistics;

namespace Atelier.Losses;

/// <summary>The distance between a picture's feature statistics at one layer and those of the style, which are part of
/// this object.</summary>
internal interface IStyleDistance
{
    /// <summary>Returns the distance and its derivatives with respect to μ and R.</summary>
    /// <param name="statistics">Statistics of the painting.</param>
    /// <param name="meanDerivative">Receives d ⁄ dμ.</param>
    /// <param name="momentDerivative">Receives d ⁄ dR, symmetric.</param>
    double Evaluate(FeatureStatistics statistics, double[] meanDerivative, double[] momentDerivative);

    /// <summary>Returns the distance to a target interpolated from this one toward the given statistics.</summary>
    IStyleDistance Toward(FeatureStatistics statistics, double share);
}
