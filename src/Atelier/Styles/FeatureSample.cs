namespace Atelier.Styles;

/// <summary>Feature vectors at positions of an artwork, as directions from the artwork's mean.</summary>
/// <param name="Channels">Length of a vector.</param>
/// <param name="Vectors">The vectors, of unit length, one after another, in random order. Their values are
/// half-precision numbers, as in style files, so that a run from a file gives the bytes of a run from the
/// artwork.</param>
internal sealed record FeatureSample(int Channels, float[] Vectors)
{
    /// <summary>Number of vectors.</summary>
    internal int Count => Vectors.Length / Channels;

    /// <summary>Returns the sample of several artworks together: of each as many vectors as its share, none of those
    /// that a painting is to be moved away from.</summary>
    /// <param name="parts">The samples with their shares, which sum to 1.</param>
    /// <param name="count">Number of vectors of a share of 1.</param>
    internal static FeatureSample Blend(IReadOnlyList<(FeatureSample Sample, double Share)> parts, int count)
    {
        int channels = parts[0].Sample.Channels;
        int CountOf(FeatureSample sample, double share)
            => share <= 0 ? 0 : Math.Clamp((int)Math.Round(count * share), 1, sample.Count);
        return new(channels, [.. parts.SelectMany(part =>
            part.Sample.Vectors.Take(CountOf(part.Sample, part.Share) * channels))]);
    }
}
