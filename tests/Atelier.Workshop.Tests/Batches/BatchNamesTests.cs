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
    [InlineData("1/caf\u00e9.png;2/cafe\u0301.jpg", "caf\u00e9.png--starry cafe\u0301.jpg--starry")]
    [InlineData("1/\uac00.png;2/\u1100\u1161.jpg", "\uac00.png--starry \u1100\u1161.jpg--starry")]
    [InlineData("p\u00e9.png;p\u00e8.jpg", "p\u00e9--starry p\u00e8--starry")]
    [InlineData("pe\u0301.png;pe\u0300.jpg;pe.png", "pe\u0301--starry pe\u0300--starry pe--starry")]
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
    public void Of_PartsThatJoinToTheSameName_AreRefused()
    {
        CodedException error = Assert.Throws<CodedException>(
            () => BatchNames.Of([Of("lake--dawn.png", "wave.png"), Of("lake.png", "dawn--wave.png")]));

        Assert.Contains("'lake--dawn--wave'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FilesThatDifferOnlyByCase_AreRefusedByName()
    {
        CodedException error = Assert.Throws<CodedException>(
            () => BatchNames.Of([Of("a/lake.png"), Of("a/LAKE.png")]));

        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains("'a/lake.png' and 'a/LAKE.png'", error.Message, StringComparison.Ordinal);
    }

    private static Variant Of(string content, string style = "art/starry.png") => new(
        new PaintSources
        {
            Content = new PictureSource("content", content),
            Styles = [new PictureSource("style", style, "style")],
        },
        StylizeOptions.Default);
}
