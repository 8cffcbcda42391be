using Atelier.Engine;
using Atelier.Losses;
using Atelier.Testing;

namespace Atelier.Tests.Losses;

/// <summary>The total variation of all of a picture and of its colors alone: value, gradient and terms.</summary>
public sealed class TotalVariationLossTests
{
    public static TheoryData<int, (int Height, int Width, bool IsTileable)> Cases => Widths.With(
        (5, 9, false), (9, 5, false), (1, 4, false), (17, 2, false), (6, 8, true), (7, 5, true));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluate_ColorsAlone_IsTheMeanVariationOfTheColorDifferences(
        int bits, (int Height, int Width, bool IsTileable) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        float[] values = Numbers.Uniform(1, 3 * size.Height * size.Width);
        float[] before = Numbers.Normal(2, values.Length);
        using Tensor x = engine.CreateTensor(values), gradient = engine.CreateTensor(before);
        using TotalVariationLoss loss = New(engine, size, weight: 0, chromaWeight: 4);

        double value = loss.Evaluate(x, gradient);

        double[] picture = Numbers.Doubles(values);
        double expected = 4 * PlainChroma(picture, size);
        Assert.Equal(expected, value, 1e-5 * expected);
        LossTerm term = Assert.Single(loss.Terms);
        Assert.Equal(new LossTerm(LossKind.TotalVariation, null, "chroma tv", 4, value), term);

        // Central differences of a quadratic function are exact.
        double[] slopes = [.. picture.Select((middle, i) =>
        {
            double At(double moved)
            {
                double[] other = [.. picture];
                other[i] = moved;
                return 4 * PlainChroma(other, size);
            }

            return At(middle + 0.5) - At(middle - 0.5);
        })];
        Numbers.AssertClose([.. slopes.Zip(before, (slope, was) => slope + was)], engine.Values(gradient), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluate_ColorsOfAGrayPicture_IsZeroWithoutGradient(
        int bits, (int Height, int Width, bool IsTileable) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        float[] plane = Numbers.Uniform(1, size.Height * size.Width);
        using Tensor x = engine.CreateTensor([.. plane, .. plane, .. plane]);
        using Tensor gradient = engine.CreateTensor(x.Length), unlike = engine.CreateTensor(x.Length);
        using TotalVariationLoss loss = New(engine, size, weight: 0, chromaWeight: 4);
        using TotalVariationLoss all = New(engine, size, weight: 4, chromaWeight: 0);

        Assert.Equal(0, loss.Evaluate(x, gradient), 1e-10);
        Assert.All(engine.Values(gradient), derivative => Assert.Equal(0, derivative, 1e-5));
        Assert.NotEqual(0, all.Evaluate(x, unlike), 1e-3);
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void Evaluate_EvenColor_IsZero(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        using Tensor x = engine.CreateTensor([.. Enumerable.Range(0, 3 * 35).Select(i => 0.1f + (i / 35 * 0.4f))]);
        using Tensor gradient = engine.CreateTensor(x.Length);
        using TotalVariationLoss loss = New(engine, (5, 7, false), weight: 2, chromaWeight: 4);

        Assert.Equal(0, loss.Evaluate(x, gradient));
        Assert.All(engine.Values(gradient), derivative => Assert.Equal(0, derivative));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluate_BothTwice_IsTheSumOfEachAlone(int bits, (int Height, int Width, bool IsTileable) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        using Tensor x = engine.CreateTensor(Numbers.Uniform(1, 3 * size.Height * size.Width));
        (double Value, double[] Gradient, LossTerm[] Terms) Results(double weight, double chromaWeight)
        {
            using TotalVariationLoss loss = New(engine, size, weight, chromaWeight);
            using Tensor unused = engine.CreateTensor(x.Length), gradient = engine.CreateTensor(x.Length);
            loss.Evaluate(x, unused);
            double value = loss.Evaluate(x, gradient);
            return (value, engine.Values(gradient), [.. loss.Terms]);
        }

        (double all, double[] gradientOfAll, LossTerm[] termOfAll) = Results(2, 0);
        (double chroma, double[] gradientOfChroma, LossTerm[] termOfChroma) = Results(0, 4);
        (double both, double[] gradientOfBoth, LossTerm[] terms) = Results(2, 4);

        Assert.Equal(all + chroma, both, 1e-9 * both);
        Numbers.AssertClose(
            [.. gradientOfAll.Zip(gradientOfChroma, (a, b) => a + b)], gradientOfBoth, 1e-6);
        Assert.Equal([.. termOfAll, .. termOfChroma], terms);
        Assert.Equal(["tv", "chroma tv"], terms.Select(term => term.Name));
    }

    [Fact]
    public void Evaluate_NoWeights_IsNothing()
    {
        using IEngine engine = Widths.NewEngine(0);
        using Tensor x = engine.CreateTensor(Numbers.Uniform(1, 36)), gradient = engine.CreateTensor(36);
        using TotalVariationLoss loss = New(engine, (3, 4, false), weight: 0, chromaWeight: 0);

        Assert.Equal(0, loss.Evaluate(x, gradient));
        Assert.Empty(loss.Terms);
        Assert.All(engine.Values(gradient), derivative => Assert.Equal(0, derivative));
    }

    private static TotalVariationLoss New(
        IEngine engine, (int Height, int Width, bool IsTileable) size, double weight, double chromaWeight)
        => new(
            engine, size.Height, size.Width, TotalVariationKind.NinePoint, weight, chromaWeight, size.IsTileable);

    /// <summary>The mean of the nine-point variation of both color differences.</summary>
    private static double PlainChroma(double[] picture, (int Height, int Width, bool IsTileable) size)
    {
        int area = size.Height * size.Width;
        double Red(int i) => picture[i];
        double Green(int i) => picture[area + i];
        double Blue(int i) => picture[(2 * area) + i];
        double redGreen = PlainNinePoint(i => 0.7 * (Red(i) - Green(i)), size);
        return (redGreen + PlainNinePoint(i => 0.7 * (Blue(i) - ((Red(i) + Green(i)) / 2)), size)) / 2;
    }

    private static double PlainNinePoint(Func<int, double> plane, (int Height, int Width, bool IsTileable) size)
    {
        (int height, int width, bool isTileable) = size;
        double At(int y, int x) => isTileable
            ? plane(((y + height) % height * width) + ((x + width) % width))
            : plane((Math.Clamp(y, 0, height - 1) * width) + Math.Clamp(x, 0, width - 1));
        int more = isTileable ? 0 : 1;
        double sum = 0;
        for (int y = 0; y < height + more; y++)
        {
            for (int x = 0; x < width + more; x++)
            {
                double straight = Math.Pow(At(y, x) - At(y, x - 1), 2) + Math.Pow(At(y, x) - At(y - 1, x), 2);
                double diagonal =
                    Math.Pow(At(y, x) - At(y - 1, x - 1), 2) + Math.Pow(At(y, x - 1) - At(y - 1, x), 2);
                sum += 2 * ((straight / 3) + (diagonal / 12));
            }
        }

        return sum / ((height + more) * (width + more));
    }
}
