using Atelier.Studio.Components;

namespace Atelier.Studio.Tests.Components;

public sealed class TextTests
{
    [Theory]
    [InlineData(11.2, "12 s left", "12 s")]
    [InlineData(185, "3:05 min left", "4 min")]
    [InlineData(7800, "2 h 10 min left", "2 h 10 min")]
    public void Times_AreWorded_WithHours(double seconds, string left, string about)
        => Assert.Equal((left, about), (TimeText.Left(seconds), TimeText.About(seconds)));

    [Fact]
    public void Failures_AreSentences_WithoutParentheses()
    {
        Assert.Equal(
            "It is gone. Choose another.",
            FailureText.Of(CodedException.Failed("input.missing", "It is gone.", "choose another")));
        Assert.Equal("It is gone.", FailureText.Of(new IOException("It is gone.")));
    }
}
