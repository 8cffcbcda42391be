using Atelier.Engine;

namespace Atelier.Layers;

/// <summary>A step of a network, forward and backward. A layer holds its frozen weights and no state of a run: maps and
/// memory belong to the chain that runs it, so one network serves pictures of any size.</summary>
internal abstract class Layer(string name) : IDisposable
{
    /// <summary>VGG's name of the output: <c>relu4_2</c>, <c>pool3</c>.</summary>
    internal string Name => name;

    /// <summary>Rows of the input for each of the output; the input's gradient is made in whole such units.</summary>
    internal abstract int Stride { get; }

    internal abstract Shape OutputShape(Shape input);

    /// <summary>Rows of the input that rows of the output are computed from.</summary>
    internal abstract Rows InputRows(Rows output, int inputHeight);

    /// <summary>Rows of the output's gradient that the gradient of rows of the input is computed from.</summary>
    internal abstract Rows OutputRows(Rows input, int outputHeight);

    /// <summary>What rows of the output cost.</summary>
    internal abstract ConvolutionEstimate EstimateForward(int rows, int width);

    /// <summary>What rows of the input's gradient cost.</summary>
    internal abstract ConvolutionEstimate EstimateBackward(int rows, int width);

    /// <summary>Bytes of the weights.</summary>
    internal abstract long WeightBytes { get; }

    /// <summary>Bytes of <see cref="NewMemory"/>.</summary>
    internal abstract long MemoryBytes(Shape input);

    /// <summary>What backward needs to be told by forward, for an input of this shape; null for nothing.</summary>
    internal abstract BitMap? NewMemory(Shape input);

    /// <summary>Computes rows of the output, and fills the memory unless it is null.</summary>
    internal abstract void Forward(FeatureMap input, FeatureMap output, BitMap? memory, Rows rows);

    /// <summary>Computes rows of the gradient with respect to the input. Where the input is a ReLU's output and
    /// <paramref name="inputSigns"/> are its signs, the gradient goes on through that ReLU.</summary>
    internal abstract void Backward(
        FeatureMap outputGradient, BitMap? memory, FeatureMap inputGradient, BitMap? inputSigns, Rows rows);

    /// <summary>The signs of the output, where a ReLU made it: those that the next layer's backward
    /// is to go through.</summary>
    internal abstract BitMap? OutputSigns(BitMap? memory);

    public abstract void Dispose();
}
