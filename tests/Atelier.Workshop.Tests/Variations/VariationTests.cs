using System.Collections.Immutable;
using System.Globalization;
using Atelier.Options;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Variations;

namespace Atelier.Workshop.Tests.Variations;

public sealed class VariationTests
{
    private static readonly Variant Basis = new(
        new PaintSources { Content = new PictureSource("content", "lake.png"), Styles = [] }, StylizeOptions.Default);

    [Fact]
    public void Expand_TwoVariations_IsRowByRow()
    {
        ImmutableArray<Variant> cells = Variation.Expand([Of("tv-weight", 3), Of("seed", 2)], Basis);

        Assert.Equal(
            ["0 0", "0 1", "0 2", "1 0", "1 1", "1 2"],
            cells.Select(cell => $"{cell.Values["seed"]} {cell.Values["tv-weight"]}"));
        Assert.Equal("seed 1, tv-weight 2", cells[^1].Label());
        Assert.Equal((1, 2), (cells[^1].Options.Seed, cells[^1].Options.TvWeight));
        Assert.All(cells, cell => Assert.Same(Basis.Sources, cell.Sources));
    }

    [Fact]
    public void Expand_PresetAfterAnOption_IsOverriddenByTheOption()
    {
        Variation presets = Variation.OfPresets(["calm", "bold"], name => Presets.ByName[name]);

        ImmutableArray<Variant> cells = Variation.Expand([Of("tv-weight", 2), presets], Basis);

        Assert.Equal(
            [(0.0, 2.0), (1, 2), (0, 3), (1, 3)],
            cells.Select(cell => (cell.Options.TvWeight, cell.Options.NeighborWeight)));
        Assert.Equal("preset bold, tv-weight 1", cells[^1].Label());
    }

    [Fact]
    public void Expand_Styles_ReplacesThoseOfTheSources()
    {
        ImmutableArray<Variant> cells = Variation.Expand([Variation.OfStyles(["x/a.png", "b.png"])], Basis);

        Assert.Equal(["x/a.png", "b.png"], cells.Select(cell => Assert.Single(cell.Sources.Styles).Path));
        Assert.Equal(["a.png", "b.png"], cells.Select(cell => cell.Label()));
        Assert.Equal("lake.png", cells[0].Sources.Content?.Path);
    }

    [Fact]
    public void Expand_NoVariation_IsTheBasis()
        => Assert.Equal([Basis], Variation.Expand([], Basis));

    [Theory]
    [InlineData("no option is varied"), InlineData("at most two", 2, 2, 2), InlineData("too large", 21, 20)]
    public void RequireSheet_NoSheet_IsRefused(string part, params int[] sizes)
    {
        string[] names = ["tv-weight", "seed", "style-weight"];

        CodedException error = Assert.Throws<CodedException>(
            () => Variation.RequireSheet([.. sizes.Select((size, i) => Of(names[i], size))]));

        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireDistinct_OneOptionTwice_IsRefused()
        => Assert.Contains("seed is varied twice",
            Assert.Throws<CodedException>(() => Variation.RequireDistinct([Of("seed", 2), Of("seed", 3)])).Message,
            StringComparison.Ordinal);

    private static Variation Of(string name, int count) => Variation.OfOption(
        StylizeOptionTable.Get(name),
        [.. Enumerable.Range(0, count).Select(value => value.ToString(CultureInfo.InvariantCulture))]);
}
