using Atelier.Engine;

namespace Atelier.PublicApi.Tests.Engines;

/// <summary>An engine as somebody else would write it, from the documentation of <see cref="IEngine"/> alone: plain
/// arrays, plain loops, sums in double precision. Whole maps, values of a pixel side by side.</summary>
internal sealed partial class NaiveEngine : IEngine
{
    public string Fingerprint => "naive";

    public Precision Precision => Precision.Single;

    public Tensor CreateTensor(int length) => new NaiveTensor(length);

    public FeatureMap CreateMap(Shape shape) => new NaiveMap(shape);

    public IDisposable CreateMaps(IReadOnlyList<MapLifetime> uses, out FeatureMap[] maps)
    {
        maps = [.. uses.Select(use => new NaiveMap(use.Shape))];

        // Arrays are the garbage collector's to free.
        return new NaiveTensor(0);
    }

    public long GetBytes(IReadOnlyList<MapLifetime> uses) => uses.Sum(use => use.Shape.Count * sizeof(float));

    public void Slide(FeatureMap map, Rows kept) { }

    public PositionWeights CreatePositionWeights(int height, int width, ReadOnlySpan<float> weights)
        => new NaiveWeights(height, width, weights.ToArray());

    public long BytesOfWeights(int height, int width) => (long)height * width * sizeof(float);

    public FeatureBits CreateBits(Shape shape, int bitsPerValue) => new NaiveBits(shape, bitsPerValue);

    public long BytesOfBits(Shape shape, int bitsPerValue) => shape.Count;

    public void Write(ReadOnlySpan<float> source, Tensor target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, target.Length);
        source.CopyTo(Of(target));
    }

    public void Read(Tensor source, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, source.Length);
        Of(source).CopyTo(target);
    }

    public void Read(FeatureMap source, int channel, Rows rows, Span<float> target)
    {
        int width = source.Shape.Width;
        for (int i = 0; i < rows.Count * width; i++)
            target[i] = Of(source).At(rows.First + (i / width), i % width)[channel];
    }

    public void Dispose() { }

    private static float[] Of(Tensor tensor) => ((NaiveTensor)tensor).Values;

    private static NaiveMap Of(FeatureMap map) => (NaiveMap)map;

    private static NaiveBits Of(FeatureBits bits) => (NaiveBits)bits;

    private static float WeightOf(PositionWeights? weights, int y, int x)
        => weights is NaiveWeights known ? known.Values[(y * known.Width) + x] : 1;
}

internal sealed class NaiveTensor(int length) : Tensor(length)
{
    internal float[] Values { get; } = new float[length];

    public override void Dispose() { }
}

internal sealed class NaiveMap(Shape shape) : FeatureMap(shape)
{
    private readonly float[] _values = new float[(shape.Height + 2) * (shape.Width + 2) * shape.Channels];

    /// <summary>The values of a pixel, which may be one of the border.</summary>
    internal Span<float> At(int y, int x)
        => _values.AsSpan((((y + 1) * (Shape.Width + 2)) + x + 1) * Shape.Channels, Shape.Channels);

    /// <summary>The same, or nothing where there is not even a border.</summary>
    internal Span<float> AtOrNone(int y, int x)
        => y < -1 || x < -1 || y > Shape.Height || x > Shape.Width ? [] : At(y, x);

    public override void Dispose() { }
}

internal sealed class NaiveBits(Shape shape, int bitsPerValue) : FeatureBits(shape, bitsPerValue)
{
    private readonly byte[] _values = new byte[shape.Count];

    internal Span<byte> At(int y, int x)
        => _values.AsSpan(((y * Shape.Width) + x) * Shape.Channels, Shape.Channels);

    public override void Dispose() { }
}

internal sealed class NaiveWeights(int height, int width, float[] values) : PositionWeights(height, width)
{
    internal float[] Values => values;

    public override float this[int row, int column] => values[(row * Width) + column];

    public override double Sum(Rows rows)
        => values.Skip(rows.First * Width).Take(rows.Count * Width).Sum(weight => (double)weight);

    public override void Dispose() { }
}

/// <summary>Weights with the outputs side by side: [row, column, input, output].</summary>
internal sealed class NaiveFilter : Filter
{
    private readonly float[] _weights;

    internal NaiveFilter(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
        : base(weights.Length / (9 * bias.Length), bias.Length)
    {
        (_weights, Bias) = (new float[weights.Length], bias.ToArray());
        for (int i = 0; i < weights.Length; i++)
        {
            (int pair, int tap) = Math.DivRem(i, 9);
            (int output, int input) = Math.DivRem(pair, Inputs);
            _weights[(((tap * Inputs) + input) * Outputs) + output] = weights[i];
        }
    }

    internal float[] Bias { get; }

    /// <summary>The weights of an input for all outputs.</summary>
    internal ReadOnlySpan<float> At(int row, int column, int input)
        => _weights.AsSpan(((((row * 3) + column) * Inputs) + input) * Outputs, Outputs);

    public override void Dispose() { }
}
