using Atelier.Engine.Statistics;
using Atelier.Imaging;
using Atelier.Styles;

namespace Atelier.Losses;

/// <summary>A style at one size of a run: its picture and the part of it that is taken, or what a style file knows
/// nearest to that size.</summary>
internal sealed record SizedStyle
{
    /// <summary>Of a picture's smaller side, in pixels: room for the deepest layer.</summary>
    internal const int LeastSide = 16;

    private SizedStyle() { }

    /// <summary>The artwork; null for statistics.</summary>
    internal PlanarPicture? Picture { get; private init; }

    /// <summary>What is taken of the artwork; null for all of it.</summary>
    internal Mask? Region { get; private init; }

    /// <summary>What to call the region in warnings; null for the style's number.</summary>
    internal string? RegionTitle { get; init; }

    /// <summary>The statistics; null for an artwork.</summary>
    internal SizedStatistics? Statistics { get; private init; }

    /// <summary>Pixels that were or will be measured.</summary>
    internal double Pixels => Picture is null ? Statistics!.Pixels : (double)Picture.Height * Picture.Width;

    /// <summary>The statistics of the colors.</summary>
    internal FeatureStatistics Color => Picture is null ? Statistics!.Color : ColorOf(Picture);

    /// <summary>The style of all of a picture.</summary>
    public static implicit operator SizedStyle(PlanarPicture picture) => new() { Picture = picture };

    /// <summary>A style whose artwork is taken as it is.</summary>
    internal static SizedStyle AsGiven(Style style, Mask? region, int longSide)
        => style.Picture is Picture artwork
            ? new() { Picture = PlanarPicture.From(artwork), Region = region }
            : Nearest(style, longSide);

    /// <summary>A style whose artwork is made as large as is wanted, if it has as many pixels.</summary>
    internal static SizedStyle Fit(Style style, Mask? region, int longSide)
    {
        if (style.Picture is not Picture artwork)
        {
            return Nearest(style, longSide);
        }

        (int width, int height) = Resampler.Fit(
            artwork.Width, artwork.Height, Math.Min(Math.Max(artwork.Width, artwork.Height), longSide));
        PlanarPicture fitted = PlanarPicture.From(artwork, height, width).Clamp();

        // An artwork too small for the deepest layer is mirrored, which adds nothing but room.
        int margin = (Math.Max(0, LeastSide - Math.Min(width, height)) + 1) / 2;
        return new() { Picture = fitted.Extend(margin), Region = region?.Resize(height, width).Extend(margin) };
    }

    private static SizedStyle Nearest(Style style, int longSide)
        => new() { Statistics = style.Statistics!.Nearest(longSide) };

    /// <summary>Mean and second moment of a picture's RGB.</summary>
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
