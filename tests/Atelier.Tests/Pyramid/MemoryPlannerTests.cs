using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Pyramid;
using Atelier.Testing;

namespace Atelier.Tests.Pyramid;

public sealed class RunPlanTests : IDisposable
{
    private readonly IEngine _engine = CpuEngine.Create(new EngineOptions { Threads = 1 });
    private readonly Network _network;

    public RunPlanTests() => _network = Network.Load("compact", Pooling.Max, _engine);

    public void Dispose()
    {
        _network.Dispose();
        _engine.Dispose();
    }

    [Fact]
    public void Of_GrowingSizes_TakeMoreMemoryAndWork()
    {
        ImmutableArray<ScaleMemoryPlan> plans = Plan(StylizeOptions.Version1 with { Size = 1024 });
        Assert.Equal([128, 256, 512, 1024], plans.Select(plan => plan.Scale.LongSide));
        foreach ((ScaleMemoryPlan smaller, ScaleMemoryPlan larger) in plans.Zip(plans.Skip(1)))
        {
            Assert.True(smaller.PeakBytes < larger.PeakBytes, $"{smaller} takes more memory than {larger}.");
            Assert.True(smaller.Encoder!.Work < larger.Encoder!.Work, $"{smaller} takes more work than {larger}.");
        }
    }

    [Fact]
    public void Of_MemoryThatSuffices_StaysWithin()
    {
        StylizeOptions large = StylizeOptions.Version1 with { Size = 4096 };
        long free = Plan(large)[^1].PeakBytes, most = free * 3 / 4;
        Assert.All(Plan(large with { MaxMemory = most }), plan => Assert.InRange(plan.PeakBytes, 1, most));
    }

    [Fact]
    public void Of_TooLittleMemory_SaysWhatIsNeeded()
    {
        StylizeOptions large = StylizeOptions.Version1 with { Size = 4096, MaxMemory = 300_000_000 };
        OptionsException error = Assert.Throws<OptionsException>(() => Plan(large));
        Assert.Contains("needs about", error.Message, StringComparison.Ordinal);
        Assert.Contains("max-memory is 300 MB", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OptimizerKind.Adam), InlineData(OptimizerKind.Gd)]
    public void Step_AfterTheFirst_AllocatesNothing(OptimizerKind optimizer)
    {
        StylizeOptions options = StylizeOptions.Version1 with { Optimizer = optimizer, Size = 160 };
        using PreparedRun run = Prepare(options);
        using PyramidStage stage = new(run, run.Scales[^1], null, null);
        for (int i = 0; i < 9; i++)
            stage.Step(i);

        // One thread does everything, so that nothing else is counted.
        long before = GC.GetAllocatedBytesForCurrentThread();
        stage.Step(9);
        stage.Step(NearestNeighborLoss.IterationsOfSearch * 2);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Plan_OfTheStylizer_NamesEveryScaleAndTakesTimeFromTheClock()
    {
        using Stylizer stylizer = new(_engine);
        RunPlan plan = stylizer.Plan(Request(StylizeOptions.Version1 with { Size = 600 }));
        Assert.Equal(
            [(85, 128), (143, 214), (239, 359), (400, 600)], plan.Scales.Select(scale => (scale.Width, scale.Height)));
        Assert.Equal(plan.Seconds, plan.Scales.Sum(scale => scale.Seconds), 1e-9);
        Assert.All(plan.Scales, scale => Assert.True(scale.Seconds > 0));
        Assert.Equal(plan.PeakBytes, plan.Scales[^1].PeakBytes);
    }

    private static StylizeRequest Request(StylizeOptions options) => new()
    {
        Content = Numbers.Picture(1, 45, 30),
        Styles = [Numbers.Picture(2, 41, 50)],
        Options = options,
    };

    private ImmutableArray<ScaleMemoryPlan> Plan(StylizeOptions options)
    {
        using PreparedRun run = Prepare(options);
        return run.Scales;
    }

    private PreparedRun Prepare(StylizeOptions options) => new Stylizer(_engine).Prepare(Request(options), _network);
}
