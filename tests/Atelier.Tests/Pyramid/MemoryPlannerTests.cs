using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Guides;
using Atelier.Imaging;
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
        long free = Plan(large)[^1].PeakBytes, most = free * 9 / 10;
        Assert.All(Plan(large with { MaxMemory = most }), plan => Assert.InRange(plan.PeakBytes, 1, most));
    }

    [Fact]
    public void Of_TooLittleMemory_StatesTheLeastLimitThatWouldDo()
    {
        StylizeOptions large = StylizeOptions.Version1 with { Size = 4096 };
        string message = Refusal(large with { MaxMemory = 300_000_000 });
        Assert.Contains("max-memory is 300 MB", message, StringComparison.Ordinal);
        long least = long.Parse(
            Regex.Match(message, "painting at 2731 x 4096 needs at least ([0-9]+) MB").Groups[1].Value,
            CultureInfo.InvariantCulture);

        Assert.All(
            Plan(large with { MaxMemory = least * 1_000_000 }),
            plan => Assert.InRange(plan.PeakBytes, 1, least * 1_000_000 * 15 / 16));
        Assert.Contains(
            $"needs at least {least} MB", Refusal(large with { MaxMemory = (least - 1) * 1_000_000 }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LargePictures_CountsWhatIsCreatedFromThem()
    {
        Picture large = new(2000, 1500), mask = Numbers.Picture(3, 2000, 1500);
        const long Plane = 2000 * 1500 * sizeof(float);
        StylizeRequest request = Request(StylizeOptions.Version1 with { Size = 64 }) with { Content = large };
        long PeakOf(StylizeRequest asked)
        {
            using PreparedRun run = new Stylizer(_engine).Prepare(asked, _network);
            return run.Scales[^1].PeakBytes;
        }

        StylizeRequest In(ColorKind color) => request with { Options = request.Options with { Color = color } };
        long plain = PeakOf(request);
        Assert.Equal(plain, PeakOf(In(ColorKind.Content)));
        Assert.InRange(PeakOf(In(ColorKind.Luminance)) - plain, Plane, 4 * Plane);
        Assert.Equal(3 * Plane, PeakOf(request with { Guides = new SpatialGuides { Preserve = mask } }) - plain, 1e6);
        Assert.Equal(3 * Plane, PeakOf(request with { Initial = large }) - plain, 1e6);
    }

    private string Refusal(StylizeOptions options)
        => Assert.Throws<OptionsException>(() => Plan(options)).Message;

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
