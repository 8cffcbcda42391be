using Atelier.Engine;
using Atelier.Styles;

namespace Atelier.Losses;

/// <summary>A family of style losses: what is measured of a style, what a style file keeps of that, and how far a
/// picture is from it. <see cref="StyleFamilies"/> tells which there are.</summary>
internal abstract class StyleFamily
{
    /// <summary>Whether it compares neighboring layers with each other, whose features must then stay whole to the
    /// end, and not each by itself.</summary>
    internal virtual bool IsOfPairs => false;

    /// <summary>Why a style file cannot stand in for its artwork; null where it can.</summary>
    /// <param name="number">The number of the style file, from 1.</param>
    internal virtual Problem? ProblemWithFile(int number) => null;

    /// <summary>The losses of a picture, in every place and at every site where there is enough of a style.</summary>
    internal abstract void AddLosses(StyleLossBuilder builder, ICollection<IFeatureLoss> losses, StyleScene scene);
}

/// <summary>A family whose losses compare one kind of statistic.</summary>
/// <typeparam name="TStatistics">What is compared of styles.</typeparam>
internal abstract class StyleFamily<TStatistics> : StyleFamily
{
    /// <summary>Measures the statistic of features that are shown.</summary>
    /// <param name="site">Where.</param>
    /// <param name="channels">The layer's channels.</param>
    /// <param name="where">How much each position counts, owned by the measure; null when all count the same.</param>
    internal abstract IStyleMeasure<TStatistics> NewMeasure(StyleSite site, int channels, PositionWeights? where);

    /// <summary>What was measured of a style, in the precision that a style file has.</summary>
    internal abstract TStatistics Keep(TStatistics measured);

    /// <summary>What a style file keeps.</summary>
    internal abstract TStatistics OfFile(SizedStatistics file, StyleSite site);

    /// <summary>Creates a loss with targets whose weights sum to 1.</summary>
    /// <param name="number">Which styles, for the name; null for all.</param>
    internal abstract IStyleTerm NewLoss(
        StyleSite site, double weight, IReadOnlyList<(TStatistics Statistics, double Share)> targets,
        PositionWeights? where, string? number);

    internal sealed override void AddLosses(
        StyleLossBuilder builder, ICollection<IFeatureLoss> losses, StyleScene scene)
        => builder.AddLosses(this, losses, scene);
}
