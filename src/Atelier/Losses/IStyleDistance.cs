using Atelier.Engine.Statistics;

namespace Atelier.Losses;

/// <summary>How far the statistics of a picture's layer are from those of the style;
/// the target is part of it.</summary>
internal interface IStyleDistance
{
    /// <summary>The distance, and its derivative with respect to μ and R.</summary>
    /// <param name="statistics">Of the generated picture.</param>
    /// <param name="meanDerivative">Receives d ⁄ dμ.</param>
    /// <param name="momentDerivative">Receives d ⁄ dR, symmetric.</param>
    double Evaluate(FeatureStatistics statistics, double[] meanDerivative, double[] momentDerivative);

    /// <summary>The distance to a target that lies a share of the way from this one to the given.</summary>
    IStyleDistance Toward(FeatureStatistics statistics, double share);
}
