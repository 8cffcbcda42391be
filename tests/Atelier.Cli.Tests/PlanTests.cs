using Atelier.Engine;

namespace Atelier.Cli.Tests;

public sealed class PlanTests : IDisposable
{
    private readonly Studio _studio = new();

    [Fact]
    public void Plan_EngineOptions_AreThoseOfStylize()
    {
        string recipe = _studio.At("recipe.json");
        File.WriteAllText(recipe, new Recipe { Precision = Precision.Single }.ToJson());
        string[] plan = ["plan", _studio.Content, "--style", _studio.Style, "--threads", "3"];

        Assert.Equal(0, _studio.Run(plan).Code);
        Assert.Equal(new EngineOptions { Threads = 3 }, _studio.Engine);
        _studio.Run([.. plan, "--precision", "bfloat16"]);
        Assert.Equal(Precision.BFloat16, _studio.Engine!.Precision);
        _studio.Run([.. plan, "--recipe", recipe]);
        Assert.Equal(Precision.Single, _studio.Engine!.Precision);
    }

    public void Dispose() => _studio.Dispose();
}
