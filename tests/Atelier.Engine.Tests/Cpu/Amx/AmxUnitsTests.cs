using System.Runtime.InteropServices;
using Atelier.Engine.Cpu;
using Atelier.Engine.Cpu.Amx;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu.Amx;

/// <summary>Whether the units are used, and what is said where they are not.</summary>
public sealed unsafe class AmxUnitsTests
{
    private static readonly AmxMachine Complete = new()
    {
        Switch = null,
        HasKnownSystem = true,
        HasUnits = true,
        RequestTiles = () => null,
        LoadCode = _ => ((nint)ModelProcessor.Units.Multiply, null),
    };

    [Fact]
    public void Find_NothingMissing_GivesTheKernel()
    {
        AmxUnits units = AmxUnits.Find(Complete);
        Assert.Null(units.Refusal);
        Assert.True(units.MultipliesRight());
    }

    [Fact]
    public void Find_SomethingMissing_SaysWhat()
    {
        Assert.Equal("switched off", Refusal(Complete with { Switch = false }));
        Assert.Equal("supported on Linux x64 only", Refusal(Complete with { HasKnownSystem = false }));
        Assert.Equal("not present in this processor", Refusal(Complete with { HasUnits = false }));
        Assert.Equal(
            "permission refused by the operating system: arch_prctl, error 22",
            Refusal(Complete with { RequestTiles = () => "arch_prctl, error 22" }));
        Assert.Equal(
            "could not load the kernel: mprotect, error 13",
            Refusal(Complete with { LoadCode = _ => (0, "mprotect, error 13") }));
        nint wrong = (nint)(delegate* unmanaged<TileProduct*, void>)&DoNothing;
        Assert.Equal("self-test failed", Refusal(Complete with { LoadCode = _ => (wrong, null) }));
    }

    [Fact]
    public void Find_SwitchedOn_AsksTheSystemButNotTheProcessor()
    {
        AmxMachine assumed = Complete with { Switch = true, HasUnits = false };
        Assert.Null(Refusal(assumed));
        Assert.NotNull(Refusal(assumed with { RequestTiles = () => "arch_prctl, error 95" }));
    }

    [Fact]
    public void LoadCode_SmallestFunction_Runs()
    {
        AmxMachine machine = new();
        Assert.SkipUnless(machine.HasKnownSystem, "Linux x64 only.");
        (nint address, string? error) = machine.LoadCode([0x8D, 0x47, 0x03, 0xC3]);  // lea eax, [rdi+3]; ret
        Assert.SkipWhen(error is not null, $"This system allows no code of one's own: {error}");
        Assert.Equal(45, ((delegate* unmanaged<int, int>)address)(42));
        string map = Assert.Single(File.ReadLines("/proc/self/maps"), line => Contains(line, address));
        Assert.Contains(" r-xp ", map, StringComparison.Ordinal);
    }

    [Fact]
    public void RequestTiles_ProcessorWithoutUnits_IsRefused()
    {
        AmxMachine machine = new();
        bool mayBeHere = machine.HasUnits || machine.Switch == true;
        Assert.SkipWhen(!machine.HasKnownSystem || mayBeHere, "The units may be here.");
        Assert.StartsWith("arch_prctl, error ", machine.RequestTiles(), StringComparison.Ordinal);
    }

    [Fact]
    public void PanelIndex_AllDepthsAndOutputs_FillThePanelInPairs()
    {
        const int Depths = 2 * TileProduct.Depth;
        int[] found = [.. from depth in Enumerable.Range(0, Depths)
                          from output in Enumerable.Range(0, TileProduct.Outputs)
                          select AmxUnits.PanelIndex(depth, output)];
        Assert.Equal(Enumerable.Range(0, 2 * TileProduct.PanelStep), found.Order());
        Assert.Equal((0, 1, 2), (AmxUnits.PanelIndex(0, 0), AmxUnits.PanelIndex(1, 0), AmxUnits.PanelIndex(0, 1)));
        Assert.Equal((32, 512), (AmxUnits.PanelIndex(2, 0), AmxUnits.PanelIndex(0, 16)));
        Assert.Equal(1024 + 512 + (15 * 32) + 31, AmxUnits.PanelIndex(63, 31));
    }

    [Fact]
    public void Create_BFloat16WhereThereAreNoUnits_SaysWhyAndWhatToDo()
    {
        AmxUnits none = AmxUnits.Find(Complete with { HasUnits = false });
        EngineOptions options = new() { Precision = Precision.BFloat16, Threads = 1 };
        OptionsException error = Assert.Throws<OptionsException>(() => CpuEngine.Create(0, options, none));
        Assert.Contains("bfloat16", error.Message, StringComparison.Ordinal);
        Assert.Contains("not present in this processor", error.Message, StringComparison.Ordinal);
        Assert.Contains("give auto or single", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Precision.Auto, false, Precision.Single)]
    [InlineData(Precision.Auto, true, Precision.BFloat16)]
    [InlineData(Precision.Single, true, Precision.Single)]
    [InlineData(Precision.BFloat16, true, Precision.BFloat16)]
    public void Create_AnyPrecision_TakesWhatIsAskedAndThere(Precision asked, bool hasUnits, Precision expected)
    {
        AmxUnits units = AmxUnits.Find(Complete with { HasUnits = hasUnits });
        using IEngine engine = CpuEngine.Create(0, new EngineOptions { Precision = asked, Threads = 1 }, units);
        Assert.Equal(expected, engine.Precision);
    }

    [UnmanagedCallersOnly]
    private static void DoNothing(TileProduct* product) { }

    private static string? Refusal(AmxMachine machine) => AmxUnits.Find(machine).Refusal;

    private static bool Contains(string line, nint address)
    {
        long[] ends = [.. line.Split(' ')[0].Split('-').Select(text => Convert.ToInt64(text, 16))];
        return ends[0] <= address && address < ends[1];
    }
}
