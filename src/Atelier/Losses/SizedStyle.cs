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

    /// <summary>The mask of the region of the artwork; null for all of it.</summary>
    internal Mask? Region { get; private init; }

    /// <summary>Name of the region for warnings; null uses the style's number.</summary>
    internal string? RegionTitle { get; init; }

    /// <summary>The statistics; null for an artwork.</summary>
    internal SizedStatistics? Statistics { get; private init; }

    /// <summary>Number of measured pixels.</summary>
    internal double Pixels => Picture is null ? Statistics!.Pixels : (double)Picture.Height * Picture.Width;

    /// <summary>The statistics of the colors.</summary>
    internal FeatureStatistics Color => Picture is null ? Statistics!.Color : ColorOf(Picture);

    /// <summary>Creates a style from a whole picture.</summary>
    public static implicit operator SizedStyle(PlanarPicture picture) => new() { Picture = picture };

    /// <summary>Creates a style that uses its artwork at its own size.</summary>
    internal static SizedStyle AsGiven(Style style, Mask? region, int longSide)
        => style.Picture is Picture artwork
            ? new() { Picture = PlanarPicture.From(artwork), Region = region }
            : Nearest(style, longSide);

    /// <summary>Creates a style whose artwork is resized to the wanted size, but not enlarged.</summary>
    internal static SizedStyle Fit(Style style, Mask? region, int longSide)
    {
        if (style.Picture is not Picture artwork)
        {
            return Nearest(style, longSide);
        }

        (int width, int height) = Resampler.Fit(
            artwork.Width, artwork.Height, Math.Min(Math.Max(artwork.Width, artwork.Height), longSide));
        PlanarPicture fitted = PlanarPicture.From(artwork, height, width).Clamp();

        // An artwork too small for the deepest layer is extended by mirroring, which adds no new content.
        int margin = (Math.Max(0, MinSide - Math.Min(width, height)) + 1) / 2;
        return new() { Picture = fitted.Extend(margin), Region = region?.Resize(height, width).Extend(margin) };
    }

    private static SizedStyle Nearest(Style style, int longSide)
        => new() { Statistics = style.Statistics!.Nearest(longSide) };

    /// <summary>Returns the mean and second moment of a picture's RGB values.</summary>
    private static FeatureStatistics ColorOf(PlanarPicture picture)
    {
        MomentSums sums = new(3) { Count = (double)picture.Height * picture.Width };
        for (int p = 0; p < 3; p++)
        {
            ReadOnlySpan<float> first = picture.Plane(p);
            foreach (float value in first)
                sums.Values[p] += value;
            for (int q = 0; q < 3; q++)
            {
                ReadOnlySpan<float> second = picture.Plane(q);
                for (int i = 0; i < first.Length; i++)
                    sums.Products[(p * 3) + q] += (double)first[i] * second[i];
            }
        }

        return FeatureStatistics.Rounded(sums);
    }
}
