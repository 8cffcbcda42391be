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

    /// <summary>The default options: the built-in engine on all processors, with automatic precision.</summary>
    public static EngineOptions Default { get; } = new();

    /// <summary>The name of the engine: <c>cpu</c> for the built-in one, or that of one of the <see
    /// cref="AddOns"/>.</summary>
    public string Name { get; init; } = CpuEngine.Name;

    /// <summary>Additional engines that <see cref="Name"/> can select.</summary>
    public ImmutableArray<IEngineProvider> AddOns { get; init; } = [];

    /// <summary>The engine with which a program paints anew if this one fails; null for none. The engine
    /// itself does not look at it.</summary>
    public EngineOptions? Fallback { get; init; }

    /// <summary>Number of CPU threads, 0–1024; 0 means one for each processor. If the engine does not run on the CPU,
    /// they are used for what is computed outside the engine.</summary>
    public int Threads { get; init; }

    /// <summary>Number format of the convolutions' products.</summary>
    public Precision Precision { get; init; }

    /// <summary>Creates an engine with these options. The caller disposes it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is out of range.</exception>
    /// <exception cref="OptionsException">There is no engine with this name, or it does not support the options on this
    /// machine. </exception>
    public IEngine CreateEngine()
    {
        if (Name == CpuEngine.Name)
        {
            return CpuEngine.Create(this);
        }

        IEngineProvider? provider = AddOns.FirstOrDefault(addOn => addOn.Name == Name);
        return provider?.Create(this) ?? throw new OptionsException(new Problem(
            "engine",
            $"is '{Name}', but the available engines are " +
            string.Join(", ", AddOns.Select(addOn => addOn.Name).Prepend(CpuEngine.Name)),
            "name one of them"));
    }
}
