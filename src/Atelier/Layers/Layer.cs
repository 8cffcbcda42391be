using Atelier.Tensors;

namespace Atelier.Layers;

/// <summary>A step of a network, forward and backward. A layer holds its frozen weights and no state of a run: maps and
/// memory belong to the chain that runs it, so one network serves pictures of any size.</summary>
internal abstract class Layer(string name) : IDisposable
{
    /// <summary>VGG's name of the output: <c>relu4_2</c>, <c>pool3</c>.</summary>
    internal string Name => name;

    internal abstract Shape OutputShape(Shape input);

    /// <summary>What backward needs to be told by forward, for an input of this shape; null for nothing.</summary>
    internal abstract BitMap? NewMemory(Shape input);

    /// <summary>Computes the output, and fills the memory unless it is null.</summary>
    internal abstract void Forward(FeatureMap input, FeatureMap output, BitMap? memory);

    /// <summary>Computes the gradient with respect to the input. Where the input is a ReLU's output and
    /// <paramref name="inputSigns"/> are its signs, the gradient goes on through that ReLU.</summary>
    internal abstract void Backward(
        FeatureMap outputGradient, BitMap? memory, FeatureMap inputGradient, BitMap? inputSigns);

    /// <summary>The signs of the output, where a ReLU made it: those that the next layer's backward
    /// is to go through.</summary>
    internal abstract BitMap? OutputSigns(BitMap? memory);

    public abstract void Dispose();
}
