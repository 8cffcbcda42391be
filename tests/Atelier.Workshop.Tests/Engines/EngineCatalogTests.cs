using Atelier.Engine;
using Atelier.Engine.OpenCl;
using Atelier.Options;
using Atelier.Testing;
using Atelier.Workshop.Engines;
using Atelier.Workshop.Networks;

namespace Atelier.Workshop.Tests.Engines;

/// <summary>Engines by name, the fastest of several, and what becomes of a picture whose engine fails.</summary>
public sealed class EngineCatalogTests
{
    private static readonly EngineOptions Cpu = new() { Threads = 1 };

    private static readonly EngineOptions Broken = new() { Name = "broken", AddOns = [new BrokenProvider()] };

    [Theory]
    [InlineData("cpu", "cpu"), InlineData("opencl", "opencl"), InlineData("opencl:0", "opencl:0")]
    [InlineData("opencl:12", "opencl:12")]
    public void Select_Name_IsThatEngine(string text, string name)
    {
        EngineOptions options = EngineCatalog.Select(EngineCatalog.ParseName(text), threads: 3);

        Assert.Equal((name, 3, null), (options.Name, options.Threads, options.Fallback));
        Assert.Equal(name == "cpu" ? [] : [name], options.AddOns.Select(addOn => addOn.Name));
    }

    [Theory]
    [InlineData(""), InlineData("gpu"), InlineData("OpenCL"), InlineData("opencl:"), InlineData("opencl:-1")]
    [InlineData("opencl:1x"), InlineData("opencl: 1"), InlineData("opencl:99999999999")]
    public void ParseName_Other_SaysWhichThereAre(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => EngineCatalog.ParseName(text));

        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("auto, cpu, opencl or opencl:N", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_AutoWithoutAGraphicsCard_IsTheProcessor()
    {
        Assert.SkipWhen(OpenClDevice.List().Any(device => device.IsGpu), "This machine has a graphics card.");

        Assert.Equal("cpu", EngineCatalog.Select(EngineCatalog.Auto, threads: 1).Name);
    }

    [Fact]
    public void Fastest_EngineThatDoesNotWork_Loses()
        => Assert.Same(Cpu, EngineRace.Fastest([Broken, Cpu]));

    [Fact]
    public void Stylize_EngineFails_FallsBackWithAWarning()
    {
        using Painter painter = new(Broken with { Fallback = Cpu }, NetworkCache.ForCurrentUser());
        using Stylizer stylizer = new(Cpu);

        StylizeResult result = painter.Stylize(Request, null, CancellationToken.None);

        Assert.Contains("the device broke", result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("'cpu'", result.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(stylizer.Stylize(Request).Picture.Green, result.Picture.Green);
    }

    [Fact]
    public void Stylize_EngineFailsWithoutFallback_IsAnError()
    {
        using Painter painter = new(Broken, NetworkCache.ForCurrentUser());

        CodedException error = Assert.Throws<CodedException>(
            () => painter.Stylize(Request, null, CancellationToken.None));

        Assert.Equal("device.failed", error.Code);
    }

    private static StylizeRequest Request => new()
    {
        Content = Numbers.Picture(1, 21, 33),
        Styles = [Numbers.Picture(2, 25, 36)],
        Options = StylizeOptions.Default with { Size = 33, MinSize = 32, Iterations = 2 },
    };

    private sealed class BrokenProvider : IEngineProvider
    {
        public string Name => "broken";

        public IEngine Create(EngineOptions options)
            => throw CodedException.Failed("device.failed", "the device broke.", "try again", "engine");
    }
}
