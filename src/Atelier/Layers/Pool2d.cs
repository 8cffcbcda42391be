using Atelier.Engine;
using Atelier.Tensors;

namespace Atelier.Layers;

/// <summary>2×2 pooling, stride 2; an odd last row or column is dropped. Max pooling remembers two bits for each
/// output, average pooling nothing.</summary>
internal sealed class Pool2d(string name, IEngine engine, Pooling pooling) : Layer(name)
{
    internal override Shape OutputShape(Shape input)
        => input with { Height = input.Height / 2, Width = input.Width / 2 };

    internal override BitMap? NewMemory(Shape input)
        => pooling == Pooling.Max ? engine.NewBits(OutputShape(input), bitsPerValue: 2) : null;

    internal override void Forward(FeatureMap input, FeatureMap output, BitMap? memory)
        => engine.Pool(pooling, input, output, memory);

    internal override void Backward(
        FeatureMap outputGradient, BitMap? memory, FeatureMap inputGradient, BitMap? inputSigns)
        => engine.PoolBackward(pooling, outputGradient, memory, inputGradient, inputSigns);

    internal override BitMap? OutputSigns(BitMap? memory) => null;

    public override void Dispose() { }
}
