using Atelier.Imaging;
using Atelier.Statistics;

namespace Atelier.Losses;

/// <summary>A style at one size of a run: its picture, or what a style file knows nearest to that size.</summary>
internal readonly record struct SizedStyle(PlanarPicture? Picture, SizedStatistics? Statistics = null)
{
    /// <summary>Pixels that were or will be measured.</summary>
    internal double Pixels => Picture is null ? Statistics!.Pixels : (double)Picture.Height * Picture.Width;

    /// <summary>The statistics of the colors.</summary>
    internal FeatureStatistics Color => Picture is null ? Statistics!.Color : ColorOf(Picture);

    /// <summary>The style of a picture.</summary>
    public static implicit operator SizedStyle(PlanarPicture picture) => new(picture);

    /// <summary>Mean and second moment of a picture's RGB.</summary>
    internal static FeatureStatistics ColorOf(PlanarPicture picture)
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

        return new FeatureStatistics(sums);
    }
}
