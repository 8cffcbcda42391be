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

    public IDisposable NewSharedMaps(IReadOnlyList<Shape> shapes, out FeatureMap[] maps)
        => inner.NewSharedMaps(shapes, out maps);

    public BitMap NewBits(Shape shape, int bitsPerValue) => inner.NewBits(shape, bitsPerValue);

    public void Write(ReadOnlySpan<float> source, Tensor target) => inner.Write(source, target);

    public void Read(Tensor source, Span<float> target) => inner.Read(source, target);

    public Precision Precision => inner.Precision;

    public IFilter NewFilter(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Precision precision)
        => inner.NewFilter(weights, bias, precision);

    public void Normalize(Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output)
    {
        long start = Stopwatch.GetTimestamp();
        inner.Normalize(picture, mean, std, output);
        Add("normalization", start);
    }

    public void NormalizeBackward(FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient)
    {
        long start = Stopwatch.GetTimestamp();
        inner.NormalizeBackward(outputGradient, std, pictureGradient);
        Add("normalization", start);
    }

    public void ConvolveRelu(IFilter filter, FeatureMap input, FeatureMap output, BitMap? signs)
        => Time("convolution forward", () => inner.ConvolveRelu(filter, input, output, signs));

    public void ConvolveBackward(
        IFilter filter, FeatureMap outputGradient, FeatureMap inputGradient, BitMap? inputSigns)
        => Time(
            "convolution backward", () => inner.ConvolveBackward(filter, outputGradient, inputGradient, inputSigns));

    public void ReluBackward(FeatureMap gradient, BitMap signs)
        => Time("ReLU backward at losses", () => inner.ReluBackward(gradient, signs));

    public void Pool(Pooling pooling, FeatureMap input, FeatureMap output, BitMap? places)
        => Time("pooling", () => inner.Pool(pooling, input, output, places));

    public void PoolBackward(
        Pooling pooling, FeatureMap outputGradient, BitMap? places, FeatureMap inputGradient, BitMap? inputSigns)
        => Time("pooling", () => inner.PoolBackward(pooling, outputGradient, places, inputGradient, inputSigns));

    public void Clear(FeatureMap map) => Time("clearing and copying", () => inner.Clear(map));

    public void Copy(FeatureMap source, FeatureMap target)
        => Time("clearing and copying", () => inner.Copy(source, target));

    public double SquaredDistance(FeatureMap a, FeatureMap b)
        => Time("content loss", () => inner.SquaredDistance(a, b));

    public void AddScaledDifference(FeatureMap a, FeatureMap b, float scale, FeatureMap gradient)
        => Time("content loss", () => inner.AddScaledDifference(a, b, scale, gradient));

    public void AddMoments(FeatureMap map, MomentSums sums) => Time("moments", () => inner.AddMoments(map, sums));

    public void AddMomentsGradient(FeatureMap map, MomentGradient derivative, FeatureMap gradient)
        => Time("moments' gradient", () => inner.AddMomentsGradient(map, derivative, gradient));

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
