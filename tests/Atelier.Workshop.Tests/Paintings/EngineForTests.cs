using Atelier.Engine;
using Atelier.Recipes;
using Atelier.Workshop.Engines;
using Atelier.Workshop.Paintings;

namespace Atelier.Workshop.Tests.Paintings;

/// <summary>The precision of a run, when a recipe names one that the engine may not have.</summary>
public sealed class EngineForTests
{
    private static readonly EngineOptions Device = EngineCatalog.Select("opencl", threads: 1);

    [Fact]
    public void EngineFor_RecipeInBFloat16OnADevice_WarnsAndIsSingle()
    {
        EngineOptions engine = PaintSettings.EngineFor(
            Device, null, new Recipe { Precision = Precision.BFloat16 }, out IReadOnlyList<string> warnings);

        Assert.Equal(("opencl", Precision.Single), (engine.Name, engine.Precision));
        Assert.Contains("'opencl'", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void EngineFor_GivenPrecision_IsLeftToTheEngineToRefuse()
    {
        EngineOptions engine = PaintSettings.EngineFor(
            Device, Precision.BFloat16, new Recipe(), out IReadOnlyList<string> warnings);

        Assert.Equal(Precision.BFloat16, engine.Precision);
        Assert.Empty(warnings);
    }
}
