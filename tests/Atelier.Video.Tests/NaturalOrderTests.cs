namespace Atelier.Video.Tests;

public sealed class NaturalOrderTests
{
    [Fact]
    public void Compare_NumbersInNames_CountAsNumbers()
    {
        string[] names =
            ["b1", "a10.png", "a9.png", "a", "a010.png", "a9b2", "a9b10", "A2.png", "a99999999999999999999999"];

        Assert.Equal(
            ["a", "A2.png", "a9.png", "a9b2", "a9b10", "a010.png", "a10.png", "a99999999999999999999999", "b1"],
            names.Order(NaturalOrder.Instance));
    }
}
