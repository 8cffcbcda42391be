using System.Runtime.Intrinsics;

namespace Atelier.Engine;

/// <summary>What the engine found on this machine.</summary>
public sealed record EngineInfo
{
    /// <summary>This machine.</summary>
    public static EngineInfo Current { get; } = new()
    {
        VectorWidth = Vector512.IsHardwareAccelerated ? 512
            : Vector256.IsHardwareAccelerated ? 256
            : Vector128.IsHardwareAccelerated ? 128
            : 0,
        Processors = Environment.ProcessorCount,
    };

    /// <summary>Bits that one instruction computes with: 512, 256 or 128; 0 when there are no vector instructions.</summary>
    public required int VectorWidth { get; init; }

    /// <summary>Processors that this process may use.</summary>
    public required int Processors { get; init; }
}
