using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Workshop.Batches;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Variations;

namespace Atelier.Workshop.Tests.Batches;

/// <summary>Names say what a result was painted from, and no two results have the same.</summary>
public sealed class BatchNamesTests
{
    [Theory]
    [InlineData("lake.png", "lake--starry")]
    [InlineData("lake.png;hill.jpg", "lake--starry hill--starry")]
    [InlineData("lake.png;lake.jpg;hill.png", "lake.png--starry lake.jpg--starry hill--starry")]
    [InlineData("lake.png;LAKE.jpg", "lake.png--starry LAKE.jpg--starry")]
    [InlineData("2023/lake.png;2024/lake.png", "2023_lake.png--starry 2024_lake.png--starry")]
    public void Of_Photographs_AreAsShortAsDistinctionAllows(string contents, string expected)
        => Assert.Equal(expected.Split(' '), BatchNames.Of([.. contents.Split(';').Select(path => Of(path))]));

    [Fact]
    public void Of_Variations_PutsThePresetFirstAndNamesTheOthers()
    {
        Variant variant = Of("lake.png") with
        {
            Values = ImmutableSortedDictionary<string, string>.Empty
                .Add("seed", "2").Add("preset", "bold").Add("content-layers", "relu1_1;relu2_1"),
        };

        Assert.Equal(["lake--starry--bold--content-layers-relu1_1-relu2_1--seed-2"], BatchNames.Of([variant]));
    }

    [Fact]
    public void Of_FilesThatDifferOnlyByCase_AreRefusedByName()
    {
        CodedException error = Assert.Throws<CodedException>(
            () => BatchNames.Of([Of("a/lake.png"), Of("a/LAKE.png")]));

        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains("'a/lake.png' and 'a/LAKE.png'", error.Message, StringComparison.Ordinal);
    }

    private static Variant Of(string content) => new(
        new PaintSources
        {
            Content = new PictureSource("content", content),
            Styles = [new PictureSource("style", "art/starry.png", "style")],
        },
        StylizeOptions.Default);
}
