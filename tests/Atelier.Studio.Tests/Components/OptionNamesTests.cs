using Atelier.Options;
using Atelier.Studio.Components;
using Atelier.Studio.Storage;
using Atelier.Studio.Texts;
using Atelier.Workshop.Variations;

namespace Atelier.Studio.Tests.Components;

/// <summary>The names that pages show for the words of the command line.</summary>
public sealed class OptionNamesTests
{
    [Fact]
    public void EveryOptionAndPreset_HasANameOfItsOwn_ThatIsReadable()
    {
        string[] options = [.. StylizeOptionTable.All.Select(option => OptionNames.Of(option.Name))];
        string[] presets = [.. Presets.ByName.Keys.Select(OptionNames.OfWord)];

        Assert.Equal(options.Length, options.Distinct().Count());
        Assert.All(options.Concat(presets), name =>
        {
            Assert.True(char.IsUpper(name[0]), name);
            Assert.DoesNotContain('-', name.Replace("L-BFGS", "", StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("neighbor-weight", "Neighbor weight")]
    [InlineData("margin", "Margin")]
    public void Name_IsMadeFromTheWord(string option, string name) => Assert.Equal(name, OptionNames.Of(option));

    [Theory]
    [InlineData("init", "style-stats", "Style stats")]
    [InlineData("optimizer", "lbfgs", "L-BFGS")]
    [InlineData("content-weight", "-0.5", "-0.5")]
    [InlineData("style-layers", "relu1_1,relu2_1", "relu1_1,relu2_1")]
    [InlineData("network", "vgg19-caffe", "vgg19-caffe")]
    [InlineData(Variation.Preset, "neural-style", "Neural style")]
    [InlineData(Variation.Style, "impasto-night.jpg", "Impasto night")]
    [InlineData(Variation.Style, "my-scan.jpg", "my-scan")]
    public void Value_IsNamedOnlyIfItIsAWord(string option, string value, string name)
        => Assert.Equal(name, OptionNames.OfValue(option, value));

    [Fact]
    public void ChosenExample_KeepsItsTitle_AndOtherFilesTheirNames()
    {
        StoredPicture example = Examples.List(PictureKind.Photographs)[1];

        Assert.Equal("Mountain lake", Examples.TitleOf(example));
        Assert.Equal("mountain-lake", Examples.TitleOf(example with { Name = "mountain-lake.png" }));
        Assert.Equal("mountain-lake", Examples.TitleOf(example with { Kind = PictureKind.Artworks }));
        Assert.Equal(Words.Artwork, OptionNames.Of(Variation.Style));
    }
}
