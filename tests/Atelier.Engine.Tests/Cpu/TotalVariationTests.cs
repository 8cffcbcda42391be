using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>The forms of total variation against plain twins, and their gradients against finite
/// differences of those.</summary>
public sealed class TotalVariationTests
{
    public static TheoryData<int, (TotalVariationKind Kind, int Height, int Width)> Cases => Widths.With(
        [.. from kind in Enum.GetValues<TotalVariationKind>()
            from size in new[] { (1, 1), (1, 7), (6, 1), (2, 3), (2, 2), (3, 3), (5, 41), (19, 8) }
            select (kind, size.Item1, size.Item2)]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void TotalVariation_AnySize_ValueAndGradientAgreeWithThePlainForm(
        int bits, (TotalVariationKind Kind, int Height, int Width) c)
    {
        using IEngine engine = Widths.NewEngine(bits);
        double[] x = Numbers.Doubles(Numbers.Uniform(1, 3 * c.Height * c.Width));
        double[] start = Numbers.Doubles(Numbers.Normal(2, x.Length));
        using Tensor picture = engine.CreateTensor([.. x.Select(value => (float)value)]);
        using Tensor gradient = engine.CreateTensor([.. start.Select(value => (float)value)]);
        const float scale = 0.75f;

        double value = engine.TotalVariation(c.Kind, picture, c.Height, c.Width, scale, gradient);

        double expected = Plain(c.Kind, x, c.Height, c.Width);
        Assert.Equal(expected, value, 1e-6 * Math.Max(expected, 1e-9));
        double[] expectedGradient =
            [.. start.Select((before, i) => before + (scale * Difference(c.Kind, x, c.Height, c.Width, i)))];
        Numbers.AssertClose(expectedGradient, engine.Values(gradient), 3e-6);
    }

    public static TheoryData<int, (TotalVariationKind Kind, int Height, int Width)> Periods => Widths.With(
        [.. from kind in Enum.GetValues<TotalVariationKind>()
            from size in new[] { (2, 2), (3, 2), (5, 41), (19, 8) }
            select (kind, size.Item1, size.Item2)]);

    [Theory]
    [MemberData(nameof(Periods))]
    public void TotalVariation_OfAPeriod_ValueAndGradientAgreeWithThePlainForm(
        int bits, (TotalVariationKind Kind, int Height, int Width) c)
    {
        using IEngine engine = Widths.NewEngine(bits);
        double[] x = Numbers.Doubles(Numbers.Uniform(1, 3 * c.Height * c.Width));
        using Tensor picture = engine.CreateTensor([.. x.Select(value => (float)value)]);
        using Tensor gradient = engine.CreateTensor(x.Length);

        double value = engine.TotalVariation(c.Kind, picture, c.Height, c.Width, 1f, gradient, isTileable: true);

        double expected = Plain(c.Kind, x, c.Height, c.Width, isTileable: true);
        Assert.Equal(expected, value, 1e-6 * expected);
        double[] slope = [.. x.Select((_, i) => Difference(c.Kind, x, c.Height, c.Width, i, isTileable: true))];
        Numbers.AssertClose(slope, engine.Values(gradient), 3e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TotalVariation_FlatPicture_IsZeroWithoutGradient(
        int bits, (TotalVariationKind Kind, int Height, int Width) c)
    {
        using IEngine engine = Widths.NewEngine(bits);
        float[] flat = new float[3 * c.Height * c.Width];
        Array.Fill(flat, 0.6f);
        using Tensor picture = engine.CreateTensor(flat), gradient = engine.CreateTensor(flat.Length);

        Assert.Equal(0, engine.TotalVariation(c.Kind, picture, c.Height, c.Width, 1f, gradient));
        Assert.All(engine.Values(gradient), value => Assert.Equal(0, value));
    }

    private static double Difference(
        TotalVariationKind kind, double[] x, int height, int width, int index, bool isTileable = false)
    {
        const double step = 1e-6;
        double[] above = [.. x], below = [.. x];
        above[index] += step;
        below[index] -= step;
        double change = Plain(kind, above, height, width, isTileable) - Plain(kind, below, height, width, isTileable);
        return change / (2 * step);
    }

    private static double Plain(TotalVariationKind kind, double[] x, int height, int width, bool isTileable = false)
    {
        double sum = 0;

        // In a period, a row and a column more of what all the forms sum over.
        int more = isTileable ? 1 : 0;
        double Count(int border) => 3.0 * (height + border) * (width + border);
        int Place(int place, int size) => isTileable ? (place + size) % size : Math.Clamp(place, 0, size - 1);
        for (int plane = 0; plane < 3; plane++)
        {
            double At(int row, int column)
                => x[(((plane * height) + Place(row, height)) * width) + Place(column, width)];
            sum += kind switch
            {
                TotalVariationKind.NinePoint => NinePoint(At, height - more, width - more) / Count(1 - more),
                TotalVariationKind.Squared => Squared(At, height, width),
                _ => Power(At, height + more, width + more),
            };
        }

        return sum;
    }

    private static double Squared(Func<int, int, double> at, int height, int width)
    {
        double sum = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                sum += Square(at(y + 1, x) - at(y, x)) + Square(at(y, x + 1) - at(y, x));
        }

        return sum;
    }

    private static double Power(Func<int, int, double> at, int height, int width)
    {
        double sum = 0;
        for (int y = 0; y < height - 1; y++)
        {
            for (int x = 0; x < width - 1; x++)
                sum += Math.Pow(Square(at(y + 1, x) - at(y, x)) + Square(at(y, x + 1) - at(y, x)), 1.25);
        }

        return sum;
    }

    /// <summary>On the picture with its border repeated once: to the left and upper neighbor
    /// and along both diagonals.</summary>
    private static double NinePoint(Func<int, int, double> at, int height, int width)
    {
        double straight = 0, diagonal = 0;
        for (int y = 0; y <= height; y++)
        {
            for (int x = 0; x <= width; x++)
            {
                straight += Square(at(y, x) - at(y, x - 1)) + Square(at(y, x) - at(y - 1, x));
                diagonal += Square(at(y, x) - at(y - 1, x - 1)) + Square(at(y, x - 1) - at(y - 1, x));
            }
        }

        return 2 * ((straight / 3) + (diagonal / 12));
    }

    private static double Square(double value) => value * value;
}
