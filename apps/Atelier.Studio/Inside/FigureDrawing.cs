using Atelier.Imaging;
using Atelier.Inspection;

namespace Atelier.Studio.Inside;

/// <summary>Draws what figures show, as PNG files.</summary>
internal static class FigureDrawing
{
    // A few places are so strong that they would hide everything else.
    private const double Brightest = 0.995;

    // A norm of gradients falls off so steeply that only the middle could be seen.
    private const double Gamma = 0.4;

    private const float Dimmed = 0.7f;

    /// <summary>Returns a picture.</summary>
    internal static byte[] Draw(Picture picture)
    {
        using MemoryStream png = new();
        PictureFile.Save(picture, png, ".png", new EncodeOptions { StripMetadata = true });
        return png.ToArray();
    }

    /// <summary>Returns the map of a channel in gray, a pixel for each position: black for 0, white for its 99.5th
    /// percentile.</summary>
    internal static byte[] DrawMap(LayerFeatures features, int channel)
    {
        ReadOnlySpan<float> map = features.Map(channel);
        float[] sorted = map.ToArray();
        Array.Sort(sorted);
        float bright = sorted[(int)(Brightest * (sorted.Length - 1))], largest = bright > 0 ? bright : sorted[^1];
        float[] gray = new float[map.Length];
        for (int i = 0; i < gray.Length; i++)
            gray[i] = largest > 0 ? Math.Min(1, map[i] / largest) : 0;
        return Draw(new Picture(features.Width, features.Height, gray, gray, gray));
    }

    /// <summary>Returns a veil for the photograph that lets through what influences a position, the more the
    /// brighter.</summary>
    internal static byte[] DrawInfluence(EffectiveReceptiveField field)
    {
        float largest = field.Strengths.Max();
        float[] black = new float[field.Strengths.Length], opacities = new float[field.Strengths.Length];
        for (int i = 0; i < opacities.Length; i++)
        {
            double strength = largest > 0 ? field.Strengths[i] / largest : 0;
            opacities[i] = Dimmed * (float)(1 - Math.Pow(strength, Gamma));
        }

        return Draw(new Picture(field.Width, field.Height, black, black, black, opacities));
    }
}
