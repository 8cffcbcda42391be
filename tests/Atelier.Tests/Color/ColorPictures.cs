using Atelier.Color;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Tests.Color;

/// <summary>Pictures with known colors, and how far colors are from each other.</summary>
internal static class ColorPictures
{
    internal static readonly ColorMatchKind[] AllKinds = Enum.GetValues<ColorMatchKind>();

    /// <summary>Correlated colors around a middle, all well inside what a screen can show.</summary>
    internal static Picture Cloud(int seed, int height, int width, float red, float green, float blue)
    {
        float[] a = Numbers.Uniform(seed, height * width), b = Numbers.Uniform(seed + 1, height * width);
        float[] c = Numbers.Uniform(seed + 2, height * width);
        Picture picture = new(width, height);
        for (int i = 0; i < a.Length; i++)
        {
            picture.Red[i] = red + (0.2f * (a[i] - 0.5f)) + (0.05f * (b[i] - 0.5f));
            picture.Green[i] = green + (0.1f * (a[i] - 0.5f)) + (0.15f * (b[i] - 0.5f));
            picture.Blue[i] = blue + (0.05f * (b[i] - 0.5f)) + (0.12f * (c[i] * c[i]));
        }

        return picture;
    }

    internal static Picture Flat(int height, int width, float red, float green, float blue)
    {
        Picture picture = new(width, height);
        Array.Fill(picture.Red, red);
        Array.Fill(picture.Green, green);
        Array.Fill(picture.Blue, blue);
        return picture;
    }

    internal static double[] Samples(Picture picture)
        => Numbers.Doubles([.. picture.Red, .. picture.Green, .. picture.Blue]);

    internal static double[] Flattened(Matrix3 matrix)
        => [.. Enumerable.Range(0, 9).Select(i => matrix[i / 3, i % 3])];

    internal static double FarthestApart(Picture a, Picture b)
        => Samples(a).Zip(Samples(b)).Max(pair => Math.Abs(pair.First - pair.Second));

    internal static void AssertInGamut(Picture picture)
        => Assert.All(Samples(picture), sample => Assert.InRange(sample, 0, 1));

    /// <summary>The gray of the same light, by the formulas of IEC 61966-2-1 in double precision.</summary>
    internal static double LuminanceOf(double red, double green, double blue)
    {
        double light = (0.2126 * Decode(red)) + (0.7152 * Decode(green)) + (0.0722 * Decode(blue));
        return light <= 0.0031308 ? 12.92 * light : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;
    }

    private static double Decode(double value)
        => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
}
