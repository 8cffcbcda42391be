using Atelier.Imaging;
using Atelier.Video.Flow;

namespace Atelier.Video.Tests.Flow;

/// <summary>Pictures of things that move in a known way. Textures are sums of waves, which are known between pixels.
/// </summary>
internal static class Scene
{
    internal const int Height = 83, Width = 117;

    /// <summary>Where a pixel of the first picture is seen in the second one.</summary>
    internal delegate (double X, double Y) Motion(double x, double y);

    private static readonly (double X, double Y, double Phase, double Strength)[] Waves = NewWaves(count: 40, seed: 3);

    /// <summary>A picture, and the same moved.</summary>
    /// <param name="back">The inverse of the motion.</param>
    internal static (PlanarPicture First, PlanarPicture Second) Of(Motion back)
        => (Render((x, y) => Texture(x, y)), Render((x, y) =>
        {
            (double sourceX, double sourceY) = back(x, y);
            return Texture(sourceX, sourceY);
        }));

    /// <summary>A picture's samples, each channel of another contrast, from a function of the place.</summary>
    internal static PlanarPicture Render(Func<double, double, double> gray)
    {
        float[] values = new float[3 * Height * Width];
        for (int i = 0; i < Height * Width; i++)
        {
            double value = gray(i % Width, i / Width);
            for (int channel = 0; channel < 3; channel++)
                values[(channel * Height * Width) + i] = (float)(0.5 + ((1 - (0.2 * channel)) * value));
        }

        return new PlanarPicture(Height, Width, values);
    }

    /// <summary>A gray around zero.</summary>
    internal static double Texture(double x, double y)
        => Waves.Sum(wave => wave.Strength * Math.Cos((wave.X * x) + (wave.Y * y) + wave.Phase));

    /// <summary>The mean distance in pixels of a flow from what moved, over the pixels that are seen twice.</summary>
    /// <param name="isSeen">Whether a pixel of the first picture counts.</param>
    internal static double Error(FlowField flow, Motion motion, Func<int, int, bool>? isSeen = null)
    {
        (double sum, int count) = (0, 0);
        for (int i = 0; i < Height * Width; i++)
        {
            (int y, int x) = Math.DivRem(i, Width);
            (double toX, double toY) = motion(x, y);
            if (toX >= 0 && toX <= Width - 1 && toY >= 0 && toY <= Height - 1 && isSeen?.Invoke(x, y) != false)
            {
                sum += Math.Sqrt(Math.Pow(x + flow.X[i] - toX, 2) + Math.Pow(y + flow.Y[i] - toY, 2));
                count++;
            }
        }

        return sum / count;
    }

    // Wavelengths from 5 to 200 pixels, the longer the stronger, as in photographs.
    private static (double X, double Y, double Phase, double Strength)[] NewWaves(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double frequency = 0.03 * Math.Pow(40, random.NextDouble()), angle = 2 * Math.PI * random.NextDouble();
            return (
                frequency * Math.Cos(angle), frequency * Math.Sin(angle), 2 * Math.PI * random.NextDouble(),
                0.008 / Math.Sqrt(frequency));
        })];
    }
}
