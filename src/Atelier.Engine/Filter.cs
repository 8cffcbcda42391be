namespace Atelier.Engine;

/// <summary>Weights and bias of a 3×3 convolution in the form that an engine uses, for the forward and backward pass.
/// Each engine derives its own type.</summary>
/// <remarks>The caller that created it disposes it.</remarks>
/// <param name="inputs">Number of input channels.</param>
/// <param name="outputs">Number of output channels.</param>
public abstract class Filter(int inputs, int outputs) : IDisposable
{
    /// <summary>Number of input channels.</summary>
    public int Inputs => inputs;

    /// <summary>Number of output channels.</summary>
    public int Outputs => outputs;

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
