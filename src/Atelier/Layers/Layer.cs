using Atelier.Engine;

namespace Atelier.Layers;

/// <summary>A layer of a network, forward and backward. A layer holds its frozen weights but no state of a run: feature
/// maps and saved bits belong to the encoder that runs it, so one network can serve pictures of any size.</summary>
internal abstract class Layer(string name) : IDisposable
{
    /// <summary>VGG's name for the output: <c>relu4_2</c>, <c>pool3</c>.</summary>
    internal string Name => name;

    /// <summary>Number of input rows per output row; the gradient of the input is computed in multiples of
    /// it.</summary>
    internal abstract int Stride { get; }

    internal abstract Shape OutputShape(Shape input);

    /// <summary>Returns the input rows needed to compute rows of the output.</summary>
    internal abstract Rows InputRows(Rows output, int inputHeight);

    /// <summary>Returns the rows of the output's gradient needed to compute the gradient of rows of the
    /// input.</summary>
    internal abstract Rows OutputRows(Rows input, int outputHeight);

    /// <summary>Estimates the cost of computing rows of the output.</summary>
    internal abstract ConvolutionEstimate EstimateForward(int rows, int width);

    /// <summary>Estimates the cost of computing rows of the input's gradient.</summary>
    internal abstract ConvolutionEstimate EstimateBackward(int rows, int width);

    /// <summary>Bytes of the weights.</summary>
    internal abstract long WeightBytes { get; }

    /// <summary>Bytes of <see cref="CreateBits"/>.</summary>
    internal abstract long MemoryBytes(Shape input);

    /// <summary>Creates storage for what the forward pass saves for the backward pass, for an input of this shape; null
    /// if nothing is saved.</summary>
    internal abstract FeatureBits? CreateBits(Shape input);

    /// <summary>Computes rows of the output, and saves what the backward pass needs unless <paramref name="memory"/> is
    /// null.</summary>
    internal abstract void Forward(FeatureMap input, FeatureMap output, FeatureBits? memory, Rows rows);

    /// <summary>Computes rows of the gradient with respect to the input. If the input is the output of a ReLU and
    /// <paramref name="inputSigns"/> are its signs, the gradient is propagated through that ReLU as well.</summary>
    internal abstract void Backward(
        FeatureMap outputGradient, FeatureBits? memory, FeatureMap inputGradient, FeatureBits? inputSigns, Rows rows);

    /// <summary>Returns the signs of the output if it comes from a ReLU, for the backward pass of the next
    /// layer.</summary>
    internal abstract FeatureBits? OutputSigns(FeatureBits? memory);

    public abstract void Dispose();
}
