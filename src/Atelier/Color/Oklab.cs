using System.Numerics;
using Atelier.Imaging;

namespace Atelier.Color;

/// <summary>The color space Oklab (Ottosson 2020), in which equal distances look approximately equally large.</summary>
internal static class Oklab
{
    /// <summary>Three planes: lightness, from 0 to 1 in a picture, and the two axes of chroma.</summary>
    internal static float[][] FromPicture(Picture picture)
    {
        float[][] planes = [.. Enumerable.Range(0, 3).Select(_ => new float[picture.Red.Length])];
        for (int i = 0; i < picture.Red.Length; i += Vector<float>.Count)
        {
            ColorLanes light = ColorLoop.At(picture, i).Decoded;
            for (int lane = 0; lane < Math.Min(Vector<float>.Count, picture.Red.Length - i); lane++)
            {
                (double r, double g, double b) = (light.Red[lane], light.Green[lane], light.Blue[lane]);
                double l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
                double m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
                double s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
                planes[0][i + lane] = (float)((0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s));
                planes[1][i + lane] = (float)((1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s));
                planes[2][i + lane] = (float)((0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
            }
        }

        return planes;
    }
}
