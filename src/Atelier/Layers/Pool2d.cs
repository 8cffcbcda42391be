using System.Diagnostics;
using Atelier.Engine;

namespace Atelier.Layers;

/// <summary>2×2 pooling, stride 2; an odd last row or column is dropped. Max pooling saves two bits per output, average
/// pooling nothing.</summary>
internal sealed class Pool2d(string name, IEngine engine, Pooling pooling) : Layer(name)
{
    private const int BitsPerValue = 2;

    internal override int Stride => 2;

    internal override Shape OutputShape(Shape input)
        => input with { Height = input.Height / 2, Width = input.Width / 2 };

    internal override Rows InputRows(Rows output, int inputHeight) => new(2 * output.First, 2 * output.End);

    internal override Rows OutputRows(Rows input, int outputHeight)
        => new(input.First / 2, Math.Min((input.End + 1) / 2, outputHeight));

    internal override ConvolutionEstimate EstimateForward(int rows, int width) => default;

    internal override ConvolutionEstimate EstimateBackward(int rows, int width) => default;

    internal override long WeightBytes => 0;

    internal override long MemoryBytes(Shape input)
        => Remembers ? engine.BytesOfBits(OutputShape(input), BitsPerValue) : 0;

    internal override FeatureBits? CreateBits(Shape input)
        => Remembers ? engine.CreateBits(OutputShape(input), BitsPerValue) : null;

    internal override void Forward(FeatureMap input, FeatureMap output, FeatureBits? memory, Rows rows)
        => engine.Pool(pooling, input, output, memory, rows);

    internal override void Backward(
        FeatureMap outputGradient, FeatureBits? memory, FeatureMap inputGradient, FeatureBits? inputSigns, Rows rows)
        => engine.PoolBackward(pooling, outputGradient, memory, inputGradient, inputSigns, rows);

    internal override FeatureBits? OutputSigns(FeatureBits? memory) => null;

    public override void Dispose() { }

    private bool Remembers => pooling switch
    {
        Pooling.Max => true,
        Pooling.Average => false,
        _ => throw new UnreachableException($"There is no pooling {pooling}."),
    };
}
