using Atelier.Engine;
using Atelier.Recipes;

namespace Atelier.Cli.Tests;

public sealed class PlanTests : IDisposable
{
    private readonly Studio _studio = new();

    public void Dispose() => _studio.Dispose();

    private string[] Plan => ["plan", _studio.Content, "--style", _studio.Style];

    [Fact]
    public void Plan_OfTwoScales_IsATableWithItsSum()
    {
        Outcome outcome = _studio.Run([.. Plan, "--size", "4096"]);

        Assert.Equal(0, outcome.Code);
        string[] lines = outcome.Out.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(4, lines.Length);
        Assert.Equal("     size     iterations    seconds    memory", lines[0]);
        Assert.Equal("   64 x 48           120        1.5    140 MB", lines[1]);
        Assert.Equal(" 4096 x 3072          60       30.0   2500 MB  in bands of 64 rows", lines[2]);
        Assert.Equal("together             180       31.5   2500 MB", lines[3]);
        Assert.Equal(["content.png", "style.png"], _studio.Files);
    }

    [Fact]
    public void Plan_Interrupted_PrintsNothingAndAnswers130()
    {
        using CancellationTokenSource interrupt = new();
        _studio.Interrupt = interrupt.Token;
        _studio.Painter.OnPlan = interrupt.Cancel;

        Outcome outcome = _studio.Run(Plan);

        Assert.Equal(130, outcome.Code);
        Assert.Empty(outcome.Out);
        Assert.Contains("interrupted before there was a result", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_AsJson_IsOneDocument()
    {
        Outcome outcome = _studio.Run([.. Plan, "--json"]);

        Assert.True(outcome.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(2_500_000_000, outcome.Json.GetProperty("peakBytes").GetInt64());
        Assert.Equal(48, outcome.Json.GetProperty("scales")[0].GetProperty("bandRows").GetInt32());
    }

    [Fact]
    public void Plan_EngineOptions_AreThoseOfStylize()
    {
        string recipe = _studio.At("recipe.json");
        File.WriteAllText(recipe, new Recipe { Precision = Precision.Single }.ToJson());

        Assert.Equal(0, _studio.Run([.. Plan, "--threads", "3"]).Code);
        Assert.Equal(new EngineOptions { Threads = 3 }, _studio.Engine);
        _studio.Run([.. Plan, "--precision", "bfloat16"]);
        Assert.Equal(Precision.BFloat16, _studio.Engine!.Precision);
        _studio.Run([.. Plan, "--recipe", recipe]);
        Assert.Equal(Precision.Single, _studio.Engine!.Precision);
    }

    [Theory]
    [InlineData("4GB", 4_000_000_000), InlineData("1.5gb", 1_500_000_000), InlineData("700MB", 700_000_000)]
    [InlineData("200000000", 200_000_000)]
    public void MaxMemory_Written_IsANumberOfBytes(string text, long bytes)
    {
        Assert.Equal(0, _studio.Run([.. Plan, "--max-memory", text]).Code);
        Assert.Equal(bytes, _studio.Painter.Request!.Options.MaxMemory);
    }

    [Theory]
    [InlineData("much", "not an amount of memory"), InlineData("-3GB", "no option")]
    [InlineData("5MB", "at least 100MB")]
    public void MaxMemory_Wrong_IsRefused(string text, string part)
    {
        Outcome outcome = _studio.Run([.. Plan, "--max-memory", text]);

        Assert.Equal(2, outcome.Code);
        Assert.Contains(part, outcome.Error, StringComparison.Ordinal);
    }
}
