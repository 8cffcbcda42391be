using Atelier.Options;

namespace Atelier.Tests.Options;

public sealed class LayerSelectionTests
{
    [Theory]
    [InlineData("relu4_2", "relu4_2"), InlineData(" relu1_1 = 256 , relu2_1=0.5", "relu1_1=256,relu2_1=0.5")]
    [InlineData("ALL", "all"), InlineData("a,b,c", "a,b,c"), InlineData("a=1e-3", "a=0.001")]
    public void Parse_WrittenForm_IsPrintedAndReadBack(string text, string printed)
    {
        LayerSelection selection = LayerSelection.Parse(text);
        Assert.Equal(printed, selection.ToString());
        Assert.Equal(selection, LayerSelection.Parse(printed));
        Assert.Equal(selection.GetHashCode(), LayerSelection.Parse(printed).GetHashCode());
    }

    [Theory]
    [InlineData(""), InlineData(","), InlineData("a,"), InlineData("=1"), InlineData("a=b=c"), InlineData("a=x")]
    [InlineData("a=-1"), InlineData("a=NaN"), InlineData("a=Infinity")]
    [InlineData("a,a"), InlineData("a=1,b"), InlineData("a=")]
    public void Parse_Nonsense_Throws(string text) => Assert.Throws<FormatException>(() => LayerSelection.Parse(text));

    [Fact]
    public void Equals_OtherLayersOrWeights_IsFalse()
    {
        LayerSelection selection = LayerSelection.Parse("a=1,b=2");
        Assert.NotEqual(selection, LayerSelection.Parse("b=2,a=1"));
        Assert.NotEqual(selection, LayerSelection.Parse("a=1,b=3"));
        Assert.NotEqual(selection, LayerSelection.Parse("a,b"));
        Assert.True(LayerSelection.All.IsAll);
    }
}
