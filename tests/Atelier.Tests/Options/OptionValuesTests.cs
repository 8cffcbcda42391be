using Atelier.Engine;
using Atelier.Options;

namespace Atelier.Tests.Options;

public sealed class OptionWordsTests
{
    [Fact]
    public void OptionWords_OfEachKind_AreReadBackWhateverTheirCase()
    {
        foreach (ContentLossKind kind in Enum.GetValues<ContentLossKind>())
            Assert.Equal(kind, OptionValues.Parse<ContentLossKind>(OptionValues.Format(kind).ToUpperInvariant()));
        Assert.Equal(["nine-point", "squared", "power"], OptionValues.All<TotalVariationKind>());
        Assert.Equal(["auto", "single", "bfloat16"], OptionValues.All<Precision>());
    }

    [Theory]
    [InlineData("wassertein", "did you mean 'wasserstein'?")]
    [InlineData("1", "not one of gram, wasserstein, moments")]
    [InlineData("", "not one of")]
    public void OptionWords_UnknownWord_NamesWhatCouldBe(string word, string expected)
    {
        FormatException error = Assert.Throws<FormatException>(() => OptionValues.Parse<StyleLossKind>(word));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
