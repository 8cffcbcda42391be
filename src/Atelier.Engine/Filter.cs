namespace Atelier.Engine;

/// <summary>Weights and bias of a 3×3 convolution in the form that an engine computes with, for both directions. An
/// engine derives its own.</summary>
/// <remarks>Whoever asked the engine for it disposes it.</remarks>
/// <param name="inputs">Number of input channels.</param>
/// <param name="outputs">Number of output channels.</param>
public abstract class Filter(int inputs, int outputs) : IDisposable
{
    /// <summary>Channels of the input.</summary>
    public int Inputs => inputs;

    /// <summary>Channels of the output.</summary>
    public int Outputs => outputs;

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
