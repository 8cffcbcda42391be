using Atelier.Engine;
using Atelier.Engine.OpenCl;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.PublicApi.Tests.Engines;

/// <summary>The engine for graphics cards, on whatever device there is.</summary>
public sealed class OpenClEngineTests() : EngineAgreementTests(NewEngine())
{
    // Adam divides by what may be next to nothing, so pixels differ by more than losses: half an 8-bit step, 0–1.
    private const double HalfStep = 0.5 / 255;

    // Losses without square roots of covariances, which make rounding grow from step to step on any two engines.
    private static readonly StylizeOptions Steady = StylizeOptions.Version1 with
    {
        Size = null,
        Scales = [97],
        StyleLoss = StyleLossKind.Gram,
        Optimizer = OptimizerKind.Adam,
        Iterations = 20,
    };

    private static readonly EngineOptions Cpu = new() { Threads = 2 };
    private static readonly EngineOptions OpenCl =
        new() { Name = OpenClProvider.EngineName, AddOns = [new OpenClProvider()] };

    // L-BFGS, whose line search decides by the last bits, leaves this tolerance after six steps, on any two engines.
    [Fact]
    public void Stylize_TwentySteps_IsAsOnTheProcessor()
    {
        StylizeResult expected = Paint(Cpu, Steady), actual = Paint(OpenCl, Steady);

        double largest = expected.Scales[0].Losses.Max();
        Assert.All(expected.Scales[0].Losses.Zip(actual.Scales[0].Losses), pair =>
            Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-4 * largest));

        Assert.InRange(Difference(expected.Picture, actual.Picture), 0, HalfStep);
    }

    [Fact]
    public void Stylize_Again_HasTheSameBits()
        => Assert.Equal(Paint(OpenCl, Steady).Picture.Green, Paint(OpenCl, Steady).Picture.Green);

    [Fact]
    public void Stylize_InBands_IsAsOnTheProcessor()
    {
        StylizeOptions options = Steady with { Iterations = 2, Scales = [256] };
        using Stylizer stylizer = new(OpenCl);

        StylizeResult expected = Paint(Cpu, options), actual = stylizer.Stylize(Request(options));

        Assert.InRange(stylizer.Plan(Request(options)).Scales[0].BandRows, 1, actual.Picture.Height - 1);
        Assert.InRange(Difference(expected.Picture, actual.Picture), 0, HalfStep);
    }

    private static double Difference(Picture a, Picture b)
        => Math.Sqrt(a.Green.Zip(b.Green, (x, y) => Math.Pow(x - y, 2)).Average());

    private static StylizeResult Paint(EngineOptions engine, StylizeOptions options)
    {
        using Stylizer stylizer = new(engine);
        return stylizer.Stylize(Request(options));
    }

    private static StylizeRequest Request(StylizeOptions options) => new()
    {
        Content = PictureFile.Load(Repository.PathOf("examples", "photos", "mountain-lake.png")),
        Styles = [PictureFile.Load(Repository.PathOf("examples", "artworks", "impasto-night.png"))],
        Options = options,
    };

    private static OpenClEngine NewEngine()
    {
        Assert.SkipUnless(
            OpenClDevice.List().Count > 0,
            "OpenCL has no device here; install the driver of a graphics card, or the package pocl-opencl-icd.");
        return new OpenClEngine(OpenClDevice.List()[0]);
    }
}
