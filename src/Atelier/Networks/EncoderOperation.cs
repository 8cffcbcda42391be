using Atelier.Engine;

namespace Atelier.Networks;

/// <summary>The kinds of operations of an encoder.</summary>
internal enum EncoderOperationKind
{
    /// <summary>Rows of the picture are normalized for the network.</summary>
    Normalize,

    /// <summary>A layer computes rows of its output.</summary>
    Forward,

    /// <summary>Losses measure rows of features.</summary>
    Measure,

    /// <summary>The deepest gradient is set to zero.</summary>
    Clear,

    /// <summary>A layer computes rows of the gradient of its input.</summary>
    Backward,

    /// <summary>Losses add to rows of the gradient of a layer's features, which is then propagated through the
    /// ReLU.</summary>
    AddGradient,

    /// <summary>Rows of the input's gradient are converted to the picture's gradient.</summary>
    NormalizeBackward,
}

/// <summary>An operation of an encoder on some rows of one map.</summary>
/// <param name="Work">The kind of operation.</param>
/// <param name="Layer">The layer that performs it, or whose features it uses.</param>
/// <param name="Source">The map that is read; −1 for the picture.</param>
/// <param name="Target">The map that is written; −1 for none or the picture.</param>
/// <param name="Rows">The rows of the written map or, if there is none, of the read map.</param>
/// <param name="KeepFrom">The first row of the target that this or a later operation needs.</param>
internal readonly record struct EncoderOperation(
    EncoderOperationKind Work, int Layer, int Source, int Target, Rows Rows, int KeepFrom = 0);
