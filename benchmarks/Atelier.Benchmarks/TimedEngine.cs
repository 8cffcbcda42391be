using System.Diagnostics;
using Atelier.Engine;
using Atelier.Statistics;
using Atelier.Tensors;

namespace Atelier.Benchmarks;

/// <summary>An engine that passes everything on to another and keeps the time that each kind
/// of operation took.</summary>
internal sealed class TimedEngine(IEngine inner) : IEngine
{
    internal Dictionary<string, (int Calls, double Seconds)> Times { get; } = [];

    public void ForEach(int count, Action<int> part) => Time("style distances", () => inner.ForEach(count, part));

    public Tensor NewTensor(int length) => inner.NewTensor(length);

    public FeatureMap NewMap(Shape shape) => inner.NewMap(shape);

    public IDisposable NewMaps(IReadOnlyList<MapUse> uses, out FeatureMap[] maps) => inner.NewMaps(uses, out maps);

    public long BytesOf(IReadOnlyList<MapUse> uses) => inner.BytesOf(uses);

    public ConvolutionEstimate Estimate(int inputs, int outputs, int rows, int width)
        => inner.Estimate(inputs, outputs, rows, width);

    public void Slide(FeatureMap map, Rows kept) => Time("sliding", () => inner.Slide(map, kept));

    public BitMap NewBits(Shape shape, int bitsPerValue) => inner.NewBits(shape, bitsPerValue);

    public void Write(ReadOnlySpan<float> source, Tensor target) => inner.Write(source, target);

    public void Read(Tensor source, Span<float> target) => inner.Read(source, target);

    public IFilter NewFilter(ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias)
        => inner.NewFilter(weights, bias);

    public void Normalize(
        Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output, Rows rows)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Normalize(picture, mean, std, output, rows);
        Add("normalization", start);
    }

    public void NormalizeBackward(FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient, Rows rows)
    {
        long start = Stopwatch.GetTimestamp();
        inner.NormalizeBackward(outputGradient, std, pictureGradient, rows);
        Add("normalization", start);
    }

    public void ConvolveRelu(IFilter filter, FeatureMap input, FeatureMap output, BitMap? signs, Rows rows)
        => Time("convolution forward", () => inner.ConvolveRelu(filter, input, output, signs, rows));

    public void ConvolveBackward(
        IFilter filter, FeatureMap outputGradient, FeatureMap inputGradient, BitMap? inputSigns, Rows rows)
        => Time(
            "convolution backward",
            () => inner.ConvolveBackward(filter, outputGradient, inputGradient, inputSigns, rows));

    public void ReluBackward(FeatureMap gradient, BitMap signs, Rows rows)
        => Time("ReLU backward at losses", () => inner.ReluBackward(gradient, signs, rows));

    public void Pool(Pooling pooling, FeatureMap input, FeatureMap output, BitMap? places, Rows rows)
        => Time("pooling", () => inner.Pool(pooling, input, output, places, rows));

    public void PoolBackward(
        Pooling pooling, FeatureMap outputGradient, BitMap? places, FeatureMap inputGradient, BitMap? inputSigns,
        Rows rows)
        => Time("pooling", () => inner.PoolBackward(pooling, outputGradient, places, inputGradient, inputSigns, rows));

    public void Clear(FeatureMap map, Rows rows) => Time("clearing and copying", () => inner.Clear(map, rows));

    public void Copy(FeatureMap source, FeatureMap target, Rows rows)
        => Time("clearing and copying", () => inner.Copy(source, target, rows));

    public double SquaredDistance(FeatureMap a, FeatureMap b, Rows rows)
        => Time("content loss", () => inner.SquaredDistance(a, b, rows));

    public void AddScaledDifference(FeatureMap a, FeatureMap b, float scale, FeatureMap gradient, Rows rows)
        => Time("content loss", () => inner.AddScaledDifference(a, b, scale, gradient, rows));

    public void AddMoments(FeatureMap map, MomentSums sums, Rows rows)
        => Time("moments", () => inner.AddMoments(map, sums, rows));

    public void AddMomentsGradient(FeatureMap map, MomentGradient derivative, FeatureMap gradient, Rows rows)
        => Time("moments' gradient", () => inner.AddMomentsGradient(map, derivative, gradient, rows));

    public double Dot(Tensor x, Tensor y) => Time("optimizer", () => inner.Dot(x, y));

    public void AddScaled(Tensor x, float scale, Tensor y) => Time("optimizer", () => inner.AddScaled(x, scale, y));

    public void CopyScaled(Tensor source, float scale, Tensor target)
        => Time("optimizer", () => inner.CopyScaled(source, scale, target));

    public void Move(Tensor source, Tensor direction, float scale, float lowest, float highest, Tensor target)
        => Time("optimizer", () => inner.Move(source, direction, scale, lowest, highest, target));

    public void DropOutward(Tensor x, float lowest, float highest, Tensor vector)
        => Time("optimizer", () => inner.DropOutward(x, lowest, highest, vector));

    public void AdamStep(in AdamStep update, Tensor gradient, Tensor mean, Tensor square, Tensor x, Tensor average)
    {
        long start = Stopwatch.GetTimestamp();
        inner.AdamStep(update, gradient, mean, square, x, average);
        Add("optimizer", start);
    }

    public double TotalVariation(
        TotalVariationKind kind, Tensor picture, int height, int width, float scale, Tensor gradient)
        => Time("total variation", () => inner.TotalVariation(kind, picture, height, width, scale, gradient));

    public void Dispose() => inner.Dispose();

    private void Time(string name, Action operation)
    {
        long start = Stopwatch.GetTimestamp();
        operation();
        Add(name, start);
    }

    private double Time(string name, Func<double> operation)
    {
        long start = Stopwatch.GetTimestamp();
        double result = operation();
        Add(name, start);
        return result;
    }

    private void Add(string name, long start)
    {
        (int calls, double seconds) = Times.GetValueOrDefault(name);
        Times[name] = (calls + 1, seconds + Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
