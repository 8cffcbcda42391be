using System.Runtime.Intrinsics;
using Atelier.Engine.Cpu.Amx;

namespace Atelier.Engine.Cpu;

/// <summary>What the engine detected on this machine.</summary>
public sealed record EngineInfo
{
    /// <summary>The capabilities of the current process.</summary>
    public static EngineInfo Current { get; } = new();

    /// <summary>Vector width in bits: 512, 256 or 128; 0 for scalar computation.</summary>
    public int VectorBits { get; init; } =
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>Number of processors available to the process.</summary>
    public int ProcessorCount { get; init; } = Environment.ProcessorCount;

    /// <summary>A short reason why the processor's AMX units cannot be used for bfloat16 convolutions, such as
    /// "processor has none"; null if they can.</summary>
    public string? BFloat16UnavailableReason { get; init; } = AmxUnits.Current.Refusal;
}
