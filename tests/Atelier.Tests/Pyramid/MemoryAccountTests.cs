using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Guides;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Pyramid;
using Atelier.Testing;

namespace Atelier.Tests.Pyramid;

/// <summary>The plan of a scale against the memory that the engine allocates. Alone, because the count of live memory
/// is one for the process.</summary>
[Collection(nameof(RunAlone))]
public sealed class MemoryAccountTests
{
    // Scratch memory of the kernels, which does not grow with the picture, and the statistics of colors.
    private const long Scratch = 6_000_000;

    private const int Steps = 3;
    private static readonly StylizeOptions Base =
        StylizeOptions.Default with { Size = 500, MinSize = 500, Iterations = Steps, IterationGrowth = 0 };

    public static TheoryData<string, StylizeOptions, SpatialGuides> Runs
    {
        get
        {
            SpatialGuides masks = new()
            {
                StyleMasks = [StyleMask.FromPicture(Numbers.Picture(5, 97, 40)), StyleMask.Rest],
            };
            SpatialGuides preserve = new() { Preserve = Numbers.Picture(7, 20, 300) };
            return new()
            {
                { "default", Base, SpatialGuides.None },
                { "L-BFGS", Base with { Optimizer = OptimizerKind.Lbfgs, History = 1 }, SpatialGuides.None },
                { "gradient descent", Base with { Optimizer = OptimizerKind.Gd }, SpatialGuides.None },
                { "neither salience nor chroma", Base with { Salience = 0, ChromaTvWeight = 0 }, SpatialGuides.None },
                { "no neighbors", Base with { NeighborWeight = 0 }, SpatialGuides.None },
                { "masks", Base, masks },
                { "preserved", Base, preserve },
                { "classic", Presets.ByName["classic"] with { Size = 500, Iterations = Steps }, SpatialGuides.None },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Stage_AfterSteps_HoldsWhatThePlanSays(string name, StylizeOptions options, SpatialGuides guides)
    {
        long before = MemoryBlock.LiveBytes;
        using IEngine engine = CpuEngine.Create(new EngineOptions { Threads = 1 });
        using Network network = Network.Load("compact", options.Pooling, engine);
        using Stylizer stylizer = new(engine);
        using PreparedRun run = stylizer.Prepare(
            new StylizeRequest
            {
                Content = Numbers.Picture(1, 351, 500),
                Styles = [Numbers.Picture(2, 41, 50), Numbers.Picture(3, 60, 50)],
                Guides = guides,
                Options = options,
            },
            network);
        ScaleMemoryPlan plan = Assert.Single(run.Scales);
        using PyramidStage stage = new(run, plan, null, null);
        for (int step = 0; step < Steps; step++)
            stage.Step(step);

        long held = MemoryBlock.LiveBytes - before;
        Assert.True(
            held <= plan.EngineBytes + Scratch && held >= plan.EngineBytes * 0.9,
            $"{name}: planned {plan.EngineBytes}, but {held} bytes are held.");
    }
}
