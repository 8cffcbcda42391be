using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>What the first convolution sees beyond the picture's border, both ways.</summary>
public sealed class PaddingTests
{
    private const int Outputs = 20;

    private static readonly float[] Mean = [0.4f, 0.5f, 0.6f];
    private static readonly float[] Std = [0.2f, 0.25f, 0.3f];
    private static readonly float[] Weights = Numbers.Normal(1, Outputs * 27);
    private static readonly float[] Bias = Numbers.Normal(2, Outputs);

    // One pixel, one row, one column, more columns than a block of the gradient's kernel, more rows than a part.
    public static TheoryData<int, (int Height, int Width)> Cases
        => Widths.With((1, 1), (1, 6), (7, 1), (5, 143), (35, 9));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Convolve_ReplicatedBorder_SeesThePixelsOfTheEdgeAgain(int bits, (int Height, int Width) size)
    {
        (int height, int width) = size;
        using IEngine engine = Widths.NewEngine(bits);
        float[] planes = Numbers.Uniform(3, 3 * height * width);
        using Tensor picture = engine.CreateTensor(planes);
        using GuardedMap normalized = new GuardedMap(engine, new Shape(height, width, 3)).Soiled();
        using GuardedMap output = new(engine, new Shape(height, width, Outputs));
        using Filter filter = engine.CreateFilter(Weights, Bias, Precision.Single);

        Rows rows = Rows.All(output.Map);
        engine.Normalize(picture, Mean, Std, normalized.Map, Padding.Replicate, rows);
        engine.ConvolveRelu(filter, normalized.Map, output.Map, null, rows);

        double[] expected = new double[height * width * Outputs];
        ForEachProduct(height, width, (pixel, to, channel, weight) => expected[to] +=
            weight * (planes[(channel * height * width) + pixel] - Mean[channel]) / Std[channel]);
        Numbers.AssertClose(
            [.. expected.Select((value, i) => Math.Max(0, value + Bias[i % Outputs]))], output.Values, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ConvolveBackward_ReplicatedBorder_BelongsToThePixelsOfTheEdge(int bits, (int Height, int Width) size)
    {
        (int height, int width) = size;
        using IEngine engine = Widths.NewEngine(bits);
        using GuardedMap gradient = GuardedMap.Random(engine, new Shape(height, width, Outputs), seed: 4);
        using GuardedMap ofMap = new GuardedMap(engine, new Shape(height, width, 3)).Soiled();
        using Tensor ofPicture = engine.CreateTensor(Numbers.Uniform(5, 3 * height * width));
        using Filter filter = engine.CreateFilter(Weights, Bias, Precision.Single);

        Rows rows = Rows.All(gradient.Map);
        engine.ConvolveBackward(filter, gradient.Map, ofMap.Map, null, rows);
        engine.NormalizeBackward(ofMap.Map, Std, ofPicture, Padding.Replicate, rows);

        double[] expected = new double[3 * height * width], values = gradient.Values;
        ForEachProduct(height, width, (pixel, to, channel, weight) =>
            expected[(channel * height * width) + pixel] += weight * values[to] / Std[channel]);
        Numbers.AssertClose(expected, engine.Values(ofPicture), 1e-5);
    }

    /// <summary>Each product of the convolution: the pixel, the output value, the channel of the pixel and the weight.
    /// </summary>
    private static void ForEachProduct(int height, int width, Action<int, int, int, float> product)
    {
        for (int i = 0; i < height * width * Outputs * 27; i++)
        {
            (int to, int tap) = Math.DivRem(i, 27);
            (int place, int output) = Math.DivRem(to, Outputs);
            (int channel, int offset) = Math.DivRem(tap, 9);
            int y = Math.Clamp((place / width) + (offset / 3) - 1, 0, height - 1);
            int x = Math.Clamp((place % width) + (offset % 3) - 1, 0, width - 1);
            product((y * width) + x, to, channel, Weights[(output * 27) + tap]);
        }
    }
}
