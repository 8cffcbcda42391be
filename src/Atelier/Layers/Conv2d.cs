using Atelier.Engine;

namespace Atelier.Layers;

/// <summary>A 3×3 convolution, stride 1, zero padding, with the ReLU that follows each in a VGG: conv4_2 and relu4_2.
/// The weights are frozen, so the backward pass needs only one bit per output.</summary>
internal sealed class Conv2d(string name, IEngine engine, Filter filter) : Layer(name)
{
    private const int BitsPerValue = 1;

    internal override int Stride => 1;

    internal override Shape OutputShape(Shape input) => input with { Channels = filter.Outputs };

    internal override Rows InputRows(Rows output, int inputHeight) => WithNeighbors(output, inputHeight);

    internal override Rows OutputRows(Rows input, int outputHeight) => WithNeighbors(input, outputHeight);

    internal override ConvolutionEstimate EstimateForward(int rows, int width)
        => engine.Estimate(filter, isBackward: false, rows, width);

    internal override ConvolutionEstimate EstimateBackward(int rows, int width)
        => engine.Estimate(filter, isBackward: true, rows, width);

    internal override long WeightBytes => 9L * filter.Inputs * filter.Outputs * sizeof(float);

    internal override long MemoryBytes(Shape input) => engine.BytesOfBits(OutputShape(input), BitsPerValue);

    internal override FeatureBits CreateBits(Shape input) => engine.CreateBits(OutputShape(input), BitsPerValue);

    internal override void Forward(FeatureMap input, FeatureMap output, FeatureBits? memory, Rows rows)
        => engine.ConvolveRelu(filter, input, output, memory, rows);

    /// <summary>The incoming gradient is with respect to the input of the ReLU: its producer has already propagated it
    /// through <see cref="Layer.OutputSigns"/>.</summary>
    internal override void Backward(
        FeatureMap outputGradient, FeatureBits? memory, FeatureMap inputGradient, FeatureBits? inputSigns, Rows rows)
        => engine.ConvolveBackward(filter, outputGradient, inputGradient, inputSigns, rows);

    internal override FeatureBits? OutputSigns(FeatureBits? memory) => memory;

    public override void Dispose() => filter.Dispose();

    private static Rows WithNeighbors(Rows rows, int height)
        => new(Math.Max(0, rows.First - 1), Math.Min(rows.End + 1, height));
}
