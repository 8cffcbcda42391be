using System.Numerics;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier.Color;

/// <summary>A picture taken apart into luminance and chroma, and put together again.</summary>
/// <remarks>Luminance is the gray of the same light: decoded, weighed and encoded again. Chroma is what the channels
/// differ by, as encoded: another luminance adds one gray to all three, and I and Q of YIQ stay exactly as they
/// were.</remarks>
internal static class Luminance
{
    /// <summary>Luminance of each pixel, encoded like a sample.</summary>
    internal static float[] Of(Picture picture)
    {
        float[] luminance = new float[picture.Red.Length];
        for (int i = 0; i < luminance.Length; i += Vector<float>.Count)
        {
            Vector<float> light = Srgb.Luminance(ColorLoop.At(picture, i).Decoded);
            ColorLoop.Store(Srgb.Encode(light), luminance, i);
        }

        return luminance;
    }

    /// <summary>The picture without its chroma; the three planes are one.</summary>
    internal static Picture Gray(Picture picture)
    {
        float[] luminance = Of(picture);
        return picture.WithColors(luminance, luminance, luminance);
    }

    /// <summary>The artwork's luminance with mean and deviation of the photograph's.</summary>
    internal static Picture GrayLike(Picture style, Picture grayContent)
    {
        Picture gray = Gray(style);
        return LinearMatch.Between(ColorMoments.Of(gray), ColorMoments.Of(grayContent), ColorMatchKind.MeanStd)
            .Apply(gray);
    }

    /// <summary>Chroma of one picture with luminance of another of the same size. A chroma that the luminance leaves
    /// no room for is desaturated.</summary>
    internal static Picture Join(Picture chroma, Picture luminance)
        => ColorLoop.Map(chroma, Of(luminance), default(Joint));

    private readonly struct Joint : IColorOperator
    {
        // The start is near and the curve gently bent: four steps of Newton reach single precision.
        private const int Steps = 4;

        public ColorLanes Apply(ColorLanes color, Vector<float> beside)
        {
            Vector<float> wanted = Srgb.Decode(beside);
            Vector<float> lowest = -color.Most, highest = Vector<float>.One - color.Least;
            Vector<float> gray = beside - Srgb.Encode(Srgb.Luminance(color.Decoded));
            for (int step = 0; step < Steps; step++)
            {
                ColorLanes shifted = color + gray, light = shifted.Decoded;
                ColorLanes slopes = new(
                    Srgb.Slope(shifted.Red, light.Red), Srgb.Slope(shifted.Green, light.Green),
                    Srgb.Slope(shifted.Blue, light.Blue));
                gray -= (Srgb.Luminance(light) - wanted) / Srgb.Luminance(slopes);
                gray = Vector.Clamp(gray, lowest, highest);
            }

            return (color + gray).InGamut();
        }
    }
}
