using System.Collections.Immutable;
using Atelier.Engine.Cpu;

namespace Atelier.Engine;

/// <summary>How computations are carried out. Results do not depend on the number of threads.</summary>
public sealed record EngineOptions
{
    /// <summary>Name of the AppContext switch for the processor's AMX units, read when the first engine is created.
    /// False disables the units. True skips the check of the processor, which is useful where they are
    /// emulated.</summary>
    public const string AmxSwitch = "Atelier.Engine.Amx";

    /// <summary>The processor's engine with all processors, precision by task.</summary>
    public static EngineOptions Default { get; } = new();

    /// <summary>The engine: <c>cpu</c>, or that of one of the <see cref="AddOns"/>.</summary>
    public string Name { get; init; } = CpuEngine.Name;

    /// <summary>Engines beside the processor's that <see cref="Name"/> can choose.</summary>
    public ImmutableArray<IEngineProvider> AddOns { get; init; } = [];

    /// <summary>Threads of the processor to compute with, 0 to 1024; 0 means one for each processor. An engine that
    /// computes elsewhere leaves them to what is done beside it.</summary>
    public int Threads { get; init; }

    /// <summary>Number format of the convolutions' products.</summary>
    public Precision Precision { get; init; }

    /// <summary>A new engine of these options. The caller disposes it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is out of range.</exception>
    /// <exception cref="OptionsException">There is no engine of the name, or it cannot give what is asked here.
    /// </exception>
    public IEngine CreateEngine()
    {
        if (Name == CpuEngine.Name)
        {
            return CpuEngine.Create(this);
        }

        IEngineProvider? provider = AddOns.FirstOrDefault(addOn => addOn.Name == Name);
        return provider?.Create(this) ?? throw new OptionsException(new Problem(
            "engine",
            $"is '{Name}', but the engines here are " +
            string.Join(", ", AddOns.Select(addOn => addOn.Name).Prepend(CpuEngine.Name)),
            "name one of them"));
    }
}
