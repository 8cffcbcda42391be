using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier.Pyramid;

/// <summary>One scale of a coarse-to-fine run.</summary>
/// <param name="Width">Width of the picture, in pixels.</param>
/// <param name="Height">Height of the picture, in pixels.</param>
/// <param name="Iterations">Number of iterations at this scale.</param>
internal readonly record struct PyramidScale(int Width, int Height, int Iterations)
{
    internal int LongSide => Math.Max(Width, Height);

    /// <summary>Relative cost: iterations times pixels.</summary>
    internal double Work => (double)Iterations * Width * Height;
}

/// <summary>Determines the scales at which a picture is painted, and the iterations at each.</summary>
internal static class ScaleSchedule
{
    // A VGG halves a picture four times.
    private const int PeriodUnit = 16;

    /// <summary>Returns the scales from coarse to fine; the last has the final size.</summary>
    /// <param name="width">Width of the content picture.</param>
    /// <param name="height">Height of the content picture.</param>
    internal static ImmutableArray<PyramidScale> Create(int width, int height, StylizeOptions options)
    {
        int finalSide = !options.Scales.IsEmpty ? options.Scales[^1] : options.Size ?? Math.Max(width, height);
        int[] sides = [.. options.Scales.IsEmpty ? Sides(finalSide, options) : options.Scales];
        return
        [
            .. sides.Select((side, i) =>
            {
                (int w, int h) = side == finalSide
                    ? Resampler.Fit(width, height, side)
                    : IntermediateSize(width, height, side, options);
                double growth = Math.Pow((double)finalSide / side, options.IterationGrowth);
                int? initial = i == 0 && sides.Length > 1 ? options.InitialIterations : null;
                return new PyramidScale(w, h, initial ?? Math.Max(1, (int)Math.Round(options.Iterations * growth)));
            }),
        ];
    }

    /// <summary>Returns the size of an intermediate scale; the sides of tileable pictures are rounded so that they can
    /// be halved.</summary>
    internal static (int Width, int Height) IntermediateSize(int width, int height, int side, StylizeOptions options)
    {
        (int w, int h) = Resampler.Fit(width, height, side);
        int Rounded(int pixels) => options.Tileable
            ? Math.Max(1, (pixels + (PeriodUnit / 2)) / PeriodUnit) * PeriodUnit
            : pixels;
        return (Rounded(w), Rounded(h));
    }

    /// <summary>Returns the long sides from the smallest to the final scale, in equal ratios no larger than the scale
    /// factor.</summary>
    private static IEnumerable<int> Sides(int finalSide, StylizeOptions options)
    {
        if (finalSide <= options.MinSize)
        {
            return [finalSide];
        }

        return Sides(options.MinSize, finalSide, options.ScaleFactor);
    }

    /// <summary>Returns long sides from one to a larger one, in equal ratios no larger than the scale factor.</summary>
    internal static IEnumerable<int> Sides(int first, int last, double factor)
    {
        double growth = (double)last / first;
        // A small tolerance, so that 128 to 512 by √2 takes four ratios and not five.
        double steps = Math.Log(growth) / Math.Log(factor);
        int count = Math.Max(1, (int)Math.Ceiling(steps - 0.01));
        return Enumerable.Range(0, count + 1)
            .Select(i => (int)Math.Round(first * Math.Pow(growth, (double)i / count)));
    }
}
