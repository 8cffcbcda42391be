using System.Text.Json.Serialization;

namespace Atelier.Engine;

/// <summary>Number format of the convolutions' products. Their sums, and all other computations, use float32 or
/// wider.</summary>
public enum Precision
{
    /// <summary>The fastest that does for the task: <see cref="BFloat16"/> for painting by Adam where the engine has
    /// it, otherwise <see cref="Single"/>.</summary>
    Auto,

    /// <summary>float32, 24 significant bits.</summary>
    Single,

    /// <summary>bfloat16, 8 significant bits. The processor's engine has it where there are AMX units.</summary>
    [JsonStringEnumMemberName("bfloat16")]
    BFloat16,
}
