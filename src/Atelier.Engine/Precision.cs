using System.Text.Json.Serialization;

namespace Atelier.Engine;

/// <summary>Number format of the convolutions' products. Their sums, and all other computations, use float32 or
/// wider.</summary>
public enum Precision
{
    /// <summary>The fastest format that is accurate enough for the task: <see cref="BFloat16"/> for painting with Adam
    /// if the engine supports it, otherwise <see cref="Single"/>.</summary>
    Auto,

    /// <summary>float32, 24 significant bits.</summary>
    Single,

    /// <summary>bfloat16, 8 significant bits. The built-in engine supports it on processors with AMX units.</summary>
    [JsonStringEnumMemberName("bfloat16")]
    BFloat16,
}
