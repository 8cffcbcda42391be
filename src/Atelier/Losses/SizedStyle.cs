using Atelier.Engine.Statistics;
using Atelier.Imaging;
using Atelier.Styles;

namespace Atelier.Losses;

/// <summary>A style at one scale of a run: its resized picture and the region used, or the statistics of a style file
/// at the nearest size.</summary>
internal sealed record SizedStyle
{
    /// <summary>Minimum length of the shorter side, in pixels, required by the deepest layer.</summary>
    internal const int MinSide = 16;

    private SizedStyle() { }

    /// <summary>The artwork; null for statistics.</summary>
    internal PlanarPicture? Picture { get; private init; }

    /// <summary>The mask of the region of the artwork and of its opacity; null for all of it.</summary>
    internal Mask? Region { get; private init; }

    /// <summary>Name of the region for warnings; null uses the style's number.</summary>
    internal string? RegionTitle { get; init; }

    /// <summary>Whether only transparency limits what is used of the artwork.</summary>
    internal bool IsCutOut { get; private init; }

    /// <summary>The statistics; null for an artwork.</summary>
    internal SizedStatistics? Statistics { get; private init; }

    /// <summary>Number of measured pixels.</summary>
    internal double Pixels => Picture is null ? Statistics!.Pixels
        : Region is null ? (double)Picture.Height * Picture.Width
        : Region.Values.Sum(share => (double)share);

    /// <summary>The statistics of the colors.</summary>
    internal FeatureStatistics Color => Picture is null ? Statistics!.Color : ColorOf(Picture, Region);

    /// <summary>Creates a style from a whole picture.</summary>
    public static implicit operator SizedStyle(PlanarPicture picture) => new() { Picture = picture };

    /// <summary>Creates a style that uses its artwork at its own size.</summary>
    internal static SizedStyle AsGiven(Style style, Mask? region, int longSide)
        => style.Picture is Picture artwork
            ? Cut(PlanarPicture.From(artwork), artwork, region, margin: 0)
            : Nearest(style, longSide);

    /// <summary>Creates a style whose artwork is resized to the wanted size, but not enlarged.</summary>
    internal static SizedStyle Fit(Style style, Mask? region, int longSide)
    {
        if (style.Picture is not Picture artwork)
        {
            return Nearest(style, longSide);
        }

        (int width, int height, int margin) = SizeOf(artwork, longSide);
        return Cut(PlanarPicture.From(artwork, height, width).Clamp(), artwork, region, margin);
    }

    /// <summary>Returns the size of an artwork that is resized to the wanted size, but not enlarged, and the width of
    /// the margin that it gets: one too small for the deepest layer is extended by mirroring, which adds no new
    /// content.</summary>
    internal static (int Width, int Height, int Margin) SizeOf(Picture artwork, int longSide)
    {
        (int width, int height) = Resampler.Fit(
            artwork.Width, artwork.Height, Math.Min(Math.Max(artwork.Width, artwork.Height), longSide));
        return (width, height, (Math.Max(0, MinSide - Math.Min(width, height)) + 1) / 2);
    }

    private static SizedStyle Nearest(Style style, int longSide)
        => new() { Statistics = style.Statistics!.Nearest(longSide) };

    /// <summary>Creates a style that uses the opaque part of a region.</summary>
    private static SizedStyle Cut(PlanarPicture fitted, Picture artwork, Mask? region, int margin)
    {
        Mask? selected = region?.Resize(fitted.Height, fitted.Width);
        Mask? opacity = Mask.OpacityOf(artwork)?.Resize(fitted.Height, fitted.Width);
        return new()
        {
            Picture = fitted.Extend(margin),
            Region = Mask.Product(selected, opacity)?.Extend(margin),
            IsCutOut = region is null,
        };
    }

    /// <summary>Returns the mean and second moment of the RGB values of a picture, or of a region of it.</summary>
    private static FeatureStatistics ColorOf(PlanarPicture picture, Mask? region)
    {
        MomentSums sums = new(3)
        {
            Count = region?.Values.Sum(share => (double)share) ?? ((double)picture.Height * picture.Width),
        };
        for (int p = 0; p < 3; p++)
        {
            ReadOnlySpan<float> first = picture.Plane(p);
            for (int i = 0; i < first.Length; i++)
                sums.Values[p] += (region?.Values[i] ?? 1f) * (double)first[i];
            for (int q = 0; q < 3; q++)
            {
                ReadOnlySpan<float> second = picture.Plane(q);
                for (int i = 0; i < first.Length; i++)
                    sums.Products[(p * 3) + q] += (region?.Values[i] ?? 1f) * (double)first[i] * second[i];
            }
        }

        return FeatureStatistics.Rounded(sums);
    }
}
