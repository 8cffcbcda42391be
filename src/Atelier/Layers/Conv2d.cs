using Atelier.Engine;
using Atelier.Tensors;

namespace Atelier.Layers;

/// <summary>A 3×3 convolution, stride 1, zero padding, with the ReLU that follows each in a VGG: conv4_2 and relu4_2.
/// Weights are frozen, so all that backward needs is one bit for each output.</summary>
internal sealed class Conv2d(string name, IEngine engine, IFilter filter) : Layer(name)
{
    internal override Shape OutputShape(Shape input) => input with { Channels = filter.Outputs };

    internal override BitMap NewMemory(Shape input) => engine.NewBits(OutputShape(input), bitsPerValue: 1);

    internal override void Forward(FeatureMap input, FeatureMap output, BitMap? memory)
        => engine.ConvolveRelu(filter, input, output, memory);

    /// <summary>The gradient that comes in is that before the ReLU: whoever made it has already gone through
    /// <see cref="Layer.OutputSigns"/>.</summary>
    internal override void Backward(
        FeatureMap outputGradient, BitMap? memory, FeatureMap inputGradient, BitMap? inputSigns)
        => engine.ConvolveBackward(filter, outputGradient, inputGradient, inputSigns);

    internal override BitMap? OutputSigns(BitMap? memory) => memory;

    public override void Dispose() => filter.Dispose();
}
