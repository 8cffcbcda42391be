using System.Collections.Immutable;
using System.Globalization;
using Atelier.Options;
using Atelier.Workshop.Sweeps;

namespace Atelier.Workshop.Tests.Sweeps;

public sealed class VariationTests
{
    [Fact]
    public void Expand_TwoVariations_IsRowByRow()
    {
        ImmutableArray<SweepCell> cells =
            Variation.Expand([Of("tv-weight", 3), Of("seed", 2)], StylizeOptions.Default);

        Assert.Equal(
            ["0 0", "0 1", "0 2", "1 0", "1 1", "1 2"],
            cells.Select(cell => $"{cell.Values["seed"]} {cell.Values["tv-weight"]}"));
        Assert.Equal("seed 1, tv-weight 2", cells[^1].Label());
        Assert.Equal((1, 2), (cells[^1].Options.Seed, cells[^1].Options.TvWeight));
    }

    [Theory]
    [InlineData("no option is varied"), InlineData("at most two", 2, 2, 2), InlineData("too large", 21, 20)]
    public void Require_NoSheet_IsRefused(string part, params int[] sizes)
    {
        string[] names = ["tv-weight", "seed", "style-weight"];

        CodedException error = Assert.Throws<CodedException>(
            () => Variation.Require([.. sizes.Select((size, i) => Of(names[i], size))]));

        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_OneOptionTwice_IsRefused()
        => Assert.Contains("seed is varied twice",
            Assert.Throws<CodedException>(() => Variation.Require([Of("seed", 2), Of("seed", 3)])).Message,
            StringComparison.Ordinal);

    private static Variation Of(string name, int count) => new(
        name, [.. Enumerable.Range(0, count).Select(value => value.ToString(CultureInfo.InvariantCulture))],
        (options, value) => name == "seed"
            ? options with { Seed = int.Parse(value, CultureInfo.InvariantCulture) }
            : options with { TvWeight = double.Parse(value, CultureInfo.InvariantCulture) });
}
