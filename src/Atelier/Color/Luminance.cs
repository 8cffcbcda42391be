using System.Numerics;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier.Color;

/// <summary>Separates a picture into luminance and chroma, and recombines them.</summary>
/// <remarks>Luminance is computed in linear light and encoded again. Chroma is the differences between the encoded
/// channels: changing the luminance adds the same gray to all three, so I and Q of YIQ stay exactly the same.</remarks>
internal static class Luminance
{
    /// <summary>Luminance of each pixel, encoded like a sample.</summary>
    internal static float[] Compute(Picture picture)
    {
        float[] luminance = new float[picture.Red.Length];
        for (int i = 0; i < luminance.Length; i += Vector<float>.Count)
        {
            Vector<float> light = Srgb.Luminance(ColorLoop.At(picture, i).Decoded);
            ColorLoop.Store(Srgb.Encode(light), luminance, i);
        }

        return luminance;
    }

    /// <summary>Returns the picture without its chroma; all three planes are the same array.</summary>
    internal static Picture Gray(Picture picture)
    {
        float[] luminance = Compute(picture);
        return picture.WithColors(luminance, luminance, luminance);
    }

    /// <summary>Returns the artwork's luminance with the mean and standard deviation of the photograph's.</summary>
    internal static Picture GrayLike(Picture style, Picture grayContent)
    {
        Picture gray = Gray(style);
        ColorMoments from = ColorMoments.Measure(gray), to = ColorMoments.Measure(grayContent);
        return LinearMatch.Between(from, to, ColorMatchKind.MeanStd).Apply(gray);
    }

    /// <summary>Combines the chroma of one picture with the luminance of another of the same size. Chroma that does not
    /// fit the gamut at that luminance is desaturated.</summary>
    internal static Picture Join(Picture chroma, Picture luminance)
        => ColorLoop.Map(chroma, Compute(luminance), default(Joint));

    private readonly struct Joint : IColorOperator
    {
        // The initial guess is close and the curve is almost straight, so four Newton steps reach single precision.
        private const int Steps = 4;

        public ColorLanes Apply(ColorLanes color, Vector<float> beside)
        {
            Vector<float> wanted = Srgb.Decode(beside);
            Vector<float> lowest = -color.Max, highest = Vector<float>.One - color.Min;
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
