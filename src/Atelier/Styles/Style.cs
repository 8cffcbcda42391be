using Atelier.Imaging;

namespace Atelier.Styles;

/// <summary>A style to paint in: either an artwork or the statistics from a style file.</summary>
public sealed class Style
{
    /// <summary>Creates a style from an artwork, which is measured at each scale of the run. Colors outside the gamut
    /// of sRGB, in which pictures are painted, are clipped. Transparent parts take no part in the style.</summary>
    public Style(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Picture = picture.Visible.InGamut;
    }

    /// <summary>Creates a style from statistics, without a picture.</summary>
    public Style(StyleStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        Statistics = statistics;
    }

    /// <summary>The artwork, with colors that continue the visible ones where it is transparent; null if the style was
    /// created from statistics.</summary>
    public Picture? Picture { get; }

    /// <summary>The statistics; null if the style was created from an artwork.</summary>
    public StyleStatistics? Statistics { get; }

    /// <summary>Creates a style from an artwork.</summary>
    public static implicit operator Style(Picture picture) => new(picture);

    /// <summary>Creates a style from statistics, without a picture.</summary>
    public static implicit operator Style(StyleStatistics statistics) => new(statistics);
}
