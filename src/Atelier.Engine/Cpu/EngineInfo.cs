using System.Runtime.Intrinsics;
using Atelier.Engine.Cpu.Amx;

namespace Atelier.Engine.Cpu;

/// <summary>What the engine found of the machine.</summary>
public sealed record EngineInfo
{
    /// <summary>What this process computes with.</summary>
    public static EngineInfo Current { get; } = new();

    /// <summary>Width of the vectors in bits: 512, 256, 128, or 0 for one number at a time.</summary>
    public int VectorBits { get; init; } =
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>Processors that the process may use.</summary>
    public int Processors { get; init; } = Environment.ProcessorCount;

    /// <summary>Why the processor's AMX units cannot be used for convolutions in bfloat16, in a few words, as in
    /// "processor has none"; null where they can.</summary>
    public string? BFloat16Refusal { get; init; } = AmxUnits.Current.Refusal;
}
