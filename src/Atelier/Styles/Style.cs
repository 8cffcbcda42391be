using Atelier.Imaging;

namespace Atelier.Styles;

/// <summary>A style to paint in: an artwork, or what a style file keeps of one.</summary>
public sealed class Style
{
    /// <summary>The style of an artwork, measured at each size of the run.</summary>
    public Style(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Picture = picture;
    }

    /// <summary>A style of which the picture is not needed.</summary>
    public Style(StyleStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        Statistics = statistics;
    }

    /// <summary>The artwork; null for statistics.</summary>
    public Picture? Picture { get; }

    /// <summary>The statistics; null for an artwork.</summary>
    public StyleStatistics? Statistics { get; }

    /// <summary>The style of an artwork.</summary>
    public static implicit operator Style(Picture picture) => new(picture);

    /// <summary>A style of which the picture is not needed.</summary>
    public static implicit operator Style(StyleStatistics statistics) => new(statistics);
}
