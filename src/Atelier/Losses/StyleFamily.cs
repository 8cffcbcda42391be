using Atelier.Engine;
using Atelier.Styles;

namespace Atelier.Losses;

/// <summary>A family of style losses: which statistics are measured, which of them a style file stores, and how the
/// distance to them is computed. <see cref="StyleFamilies"/> lists all families.</summary>
internal abstract class StyleFamily
{
    /// <summary>Whether it compares pairs of neighboring layers, whose whole feature maps must then remain in memory,
    /// rather than single layers.</summary>
    internal virtual bool IsOfPairs => false;

    /// <summary>Why a style file cannot be used instead of its artwork; null if it can.</summary>
    /// <param name="number">Number of the style file, starting at 1.</param>
    internal virtual Problem? ProblemWithFile(int number) => null;

    /// <summary>Adds the losses for every mask and site where enough of the style can be measured.</summary>
    internal abstract void AddLosses(StyleLossBuilder builder, ICollection<IFeatureLoss> losses, StyleScene scene);
}

/// <summary>A family whose losses compare one kind of statistic.</summary>
/// <typeparam name="TStatistics">The statistic that is compared.</typeparam>
internal abstract class StyleFamily<TStatistics> : StyleFamily
{
    /// <summary>Creates a measurement of the statistic.</summary>
    /// <param name="site">The layer or pair of layers.</param>
    /// <param name="channels">Number of channels of the layer.</param>
    /// <param name="where">Weight of each position, owned by the measurement; null for equal weights.</param>
    internal abstract IStyleMeasure<TStatistics> NewMeasure(StyleSite site, int channels, PositionWeights? where);

    /// <summary>Rounds a measured statistic to the precision of a style file.</summary>
    internal abstract TStatistics Keep(TStatistics measured);

    /// <summary>Returns the statistic stored in a style file.</summary>
    internal abstract TStatistics OfFile(SizedStatistics file, StyleSite site);

    /// <summary>Creates a loss with targets whose weights sum to 1.</summary>
    /// <param name="number">The numbers of the styles, for the name; null for all.</param>
    internal abstract IStyleTerm NewLoss(
        StyleSite site, double weight, IReadOnlyList<(TStatistics Statistics, double Share)> targets,
        PositionWeights? where, string? number);

    internal sealed override void AddLosses(
        StyleLossBuilder builder, ICollection<IFeatureLoss> losses, StyleScene scene)
        => builder.AddLosses(this, losses, scene);
}
