using Atelier.Engine;

namespace Atelier.Networks;

/// <summary>What a step of a chain does.</summary>
internal enum ChainWork
{
    /// <summary>Rows of the picture become the network's input.</summary>
    Normalize,

    /// <summary>A layer computes rows of its output.</summary>
    Forward,

    /// <summary>Losses look at rows of features.</summary>
    Measure,

    /// <summary>The deepest gradient begins as zero.</summary>
    Clear,

    /// <summary>A layer computes rows of the gradient of its input.</summary>
    Backward,

    /// <summary>Losses add to rows of the gradient of a layer's features, which then goes through the ReLU.</summary>
    AddGradient,

    /// <summary>Rows of the input's gradient become the picture's.</summary>
    NormalizeBackward,
}

/// <summary>A step of a chain: a few rows of one map.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Layer">The layer that does it, or whose features are meant.</param>
/// <param name="Source">The map that is read; −1 for the picture.</param>
/// <param name="Target">The map that is written; −1 for none or the picture.</param>
/// <param name="Rows">The rows of the map that is written or, if none is, read.</param>
/// <param name="KeepFrom">The first row of the target that this or a later step needs.</param>
internal readonly record struct ChainStep(
    ChainWork Work, int Layer, int Source, int Target, Rows Rows, int KeepFrom = 0);
