using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Engine.Statistics;

namespace Atelier.Benchmarks;

/// <summary>An engine that passes everything on to another and keeps the time that each kind of operation took.
/// </summary>
internal sealed class TimedEngine(IEngine inner) : IEngine, IWorkers
{
    internal StageTimes Times { get; set; } = new();

    public string Fingerprint => inner.Fingerprint;

    public Precision Precision => inner.Precision;

    public Tensor CreateTensor(int length) => inner.CreateTensor(length);

    public FeatureMap CreateMap(Shape shape) => inner.CreateMap(shape);

    public IDisposable CreateMaps(IReadOnlyList<MapLifetime> uses, out FeatureMap[] maps)
        => inner.CreateMaps(uses, out maps);

    public long GetBytes(IReadOnlyList<MapLifetime> uses) => inner.GetBytes(uses);

    public ConvolutionEstimate Estimate(Filter filter, bool isBackward, int rows, int width)
        => inner.Estimate(filter, isBackward, rows, width);

    public void Slide(FeatureMap map, Rows kept)
    {
        using StageTimes.Watch watch = Times.Begin("clearing and copying");
        inner.Slide(map, kept);
    }

    public PositionWeights CreatePositionWeights(int height, int width, ReadOnlySpan<float> weights)
        => inner.CreatePositionWeights(height, width, weights);

    public long BytesOfWeights(int height, int width) => inner.BytesOfWeights(height, width);

    public FeatureBits CreateBits(Shape shape, int bitsPerValue) => inner.CreateBits(shape, bitsPerValue);

    public long BytesOfBits(Shape shape, int bitsPerValue) => inner.BytesOfBits(shape, bitsPerValue);

    public void Write(ReadOnlySpan<float> source, Tensor target) => inner.Write(source, target);

    public void Read(Tensor source, Span<float> target) => inner.Read(source, target);

    public void Read(FeatureMap source, int channel, Rows rows, Span<float> target)
        => inner.Read(source, channel, rows, target);

    public Filter CreateFilter(ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias, Precision precision)
        => inner.CreateFilter(weights, bias, precision);

    public void Run(int count, Action<int> part)
    {
        using StageTimes.Watch watch = Times.Begin("style distances");
        ((IWorkers)inner).Run(count, part);
    }

    public void Normalize(
        Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output, Padding padding,
        Rows rows)
    {
        using StageTimes.Watch watch = Times.Begin("normalization");
        inner.Normalize(picture, mean, std, output, padding, rows);
    }

    public void NormalizeBackward(
        FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient, Padding padding, Rows rows)
    {
        using StageTimes.Watch watch = Times.Begin("normalization");
        inner.NormalizeBackward(outputGradient, std, pictureGradient, padding, rows);
    }

    public void ConvolveRelu(Filter filter, FeatureMap input, FeatureMap output, FeatureBits? signs, Rows rows)
    {
        using StageTimes.Watch watch = Times.Begin("convolution forward");
        inner.ConvolveRelu(filter, input, output, signs, rows);
    }

    public void ConvolveBackward(
        Filter filter, FeatureMap outputGradient, FeatureMap inputGradient, FeatureBits? inputSigns, Rows rows)
    {
        using StageTimes.Watch watch = Times.Begin("convolution backward");
        inner.ConvolveBackward(filter, outputGradient, inputGradient, inputSigns, rows);
    }

    public void Pool(Pooling pooling, FeatureMap input, FeatureMap output, FeatureBits? places, Rows rows)
    {
        using StageTimes.Watch watch = Times.Begin("pooling");
        inner.Pool(pooling, input, output, places, rows);
    }

    public void PoolBackward(
        Pooling pooling, FeatureMap outputGradient, FeatureBits? places, FeatureMap inputGradient,
        FeatureBits? inputSigns, Rows rows)
    {
        using StageTimes.Watch watch = Times.Begin("pooling");
        inner.PoolBackward(pooling, outputGradient, places, inputGradient, inputSigns, rows);
    }

    public void FillBorder(FeatureMap map, bool isTileable)
    {
        using StageTimes.Watch watch = Times.Begin("clearing and copying");
        inner.FillBorder(map, isTileable);
    }

    public void Clear(FeatureMap map, Rows rows)
    {
        using StageTimes.Watch watch = Times.Begin("clearing and copying");
        inner.Clear(map, rows);
    }

    public void Copy(FeatureMap source, FeatureMap target, Rows rows)
    {
        using StageTimes.Watch watch = Times.Begin("clearing and copying");
        inner.Copy(source, target, rows);
    }

    public double SquaredDistance(FeatureMap a, FeatureMap b, Rows rows, PositionWeights? weights = null)
    {
        using StageTimes.Watch watch = Times.Begin("content loss");
        return inner.SquaredDistance(a, b, rows, weights);
    }

    public void AddScaledDifference(
        FeatureMap a, FeatureMap b, float scale, FeatureMap gradient, Rows rows, PositionWeights? weights = null)
    {
        using StageTimes.Watch watch = Times.Begin("content loss");
        inner.AddScaledDifference(a, b, scale, gradient, rows, weights);
    }

    public FeatureBank CreateBank(int channels, ReadOnlySpan<float> vectors) => inner.CreateBank(channels, vectors);

    public long BytesOfBank(int channels, int count) => inner.BytesOfBank(channels, count);

    public NeighborMap CreateNeighbors(int height, int width) => inner.CreateNeighbors(height, width);

    public long BytesOfNeighbors(int height, int width) => inner.BytesOfNeighbors(height, width);

    public void Read(NeighborMap source, Span<int> target) => inner.Read(source, target);

    public void Write(ReadOnlySpan<int> source, NeighborMap target) => inner.Write(source, target);

    public void FindNeighbors(
        CenteredFeatures features, NeighborGuide? guide, FeatureBank bank, ReadOnlySpan<float> offsets,
        NeighborMap neighbors, Rows rows)
    {
        using StageTimes.Watch watch = Times.Begin("search for neighbors");
        inner.FindNeighbors(features, guide, bank, offsets, neighbors, rows);
    }

    public double NeighborDistance(
        CenteredFeatures features, FeatureBank bank, NeighborMap neighbors, Rows rows, PositionWeights? weights = null)
    {
        using StageTimes.Watch watch = Times.Begin("neighbor loss");
        return inner.NeighborDistance(features, bank, neighbors, rows, weights);
    }

    public void AddNeighborGradient(
        CenteredFeatures features, FeatureBank bank, NeighborMap neighbors, float scale, FeatureMap gradient, Rows rows,
        PositionWeights? weights = null)
    {
        using StageTimes.Watch watch = Times.Begin("neighbor loss");
        inner.AddNeighborGradient(features, bank, neighbors, scale, gradient, rows, weights);
    }

    public void MixPlanes(Tensor source, ReadOnlySpan<float> matrix, float keep, Tensor target)
    {
        using StageTimes.Watch watch = Times.Begin("total variation");
        inner.MixPlanes(source, matrix, keep, target);
    }

    public void AddMoments(FeatureMap map, MomentSums sums, Rows rows, PositionWeights? weights = null)
    {
        using StageTimes.Watch watch = Times.Begin("moments");
        inner.AddMoments(map, sums, rows, weights);
    }

    public void AddMomentsGradient(
        FeatureMap map, MomentGradient derivative, FeatureMap gradient, Rows rows, PositionWeights? weights = null)
    {
        using StageTimes.Watch watch = Times.Begin("moments' gradient");
        inner.AddMomentsGradient(map, derivative, gradient, rows, weights);
    }

    public void AddCrossMoments(
        FeatureMap deeper, FeatureMap shallower, float shift, double[] products, PositionWeights? weights = null)
    {
        using StageTimes.Watch watch = Times.Begin("moments");
        inner.AddCrossMoments(deeper, shallower, shift, products, weights);
    }

    public void AddCrossMomentsGradient(
        FeatureMap map, FeatureMap other, float shift, double[] derivative, FeatureMap gradient, Rows rows,
        PositionWeights? weights = null)
    {
        using StageTimes.Watch watch = Times.Begin("moments' gradient");
        inner.AddCrossMomentsGradient(map, other, shift, derivative, gradient, rows, weights);
    }

    public double Dot(Tensor x, Tensor y)
    {
        using StageTimes.Watch watch = Times.Begin("optimizer");
        return inner.Dot(x, y);
    }

    public void AddScaled(Tensor x, float scale, Tensor y)
    {
        using StageTimes.Watch watch = Times.Begin("optimizer");
        inner.AddScaled(x, scale, y);
    }

    public void Multiply(Tensor x, Tensor y)
    {
        using StageTimes.Watch watch = Times.Begin("optimizer");
        inner.Multiply(x, y);
    }

    public void CopyScaled(Tensor source, float scale, Tensor target)
    {
        using StageTimes.Watch watch = Times.Begin("optimizer");
        inner.CopyScaled(source, scale, target);
    }

    public void Move(Tensor source, Tensor direction, float scale, float min, float max, Tensor target)
    {
        using StageTimes.Watch watch = Times.Begin("optimizer");
        inner.Move(source, direction, scale, min, max, target);
    }

    public void DropOutward(Tensor x, float min, float max, Tensor vector)
    {
        using StageTimes.Watch watch = Times.Begin("optimizer");
        inner.DropOutward(x, min, max, vector);
    }

    public void AdamStep(in AdamStep update, Tensor gradient, Tensor mean, Tensor square, Tensor x, Tensor average)
    {
        using StageTimes.Watch watch = Times.Begin("optimizer");
        inner.AdamStep(update, gradient, mean, square, x, average);
    }

    public double WeightedDistance(Tensor x, Tensor target, Tensor weights, float scale, Tensor gradient)
    {
        using StageTimes.Watch watch = Times.Begin("temporal loss");
        return inner.WeightedDistance(x, target, weights, scale, gradient);
    }

    public double TotalVariation(
        TotalVariationKind kind, Tensor picture, int height, int width, float scale, Tensor gradient,
        bool isTileable = false)
    {
        using StageTimes.Watch watch = Times.Begin("total variation");
        return inner.TotalVariation(kind, picture, height, width, scale, gradient, isTileable);
    }

    public void Dispose() => inner.Dispose();
}
