namespace Atelier.Video.Tests;

public sealed class RationalTests
{
    [Theory]
    [InlineData("25", 25, 1), InlineData("30000/1001", 30000, 1001), InlineData("12.5", 25, 2)]
    [InlineData("50/2", 25, 1)]
    [InlineData("29.97", 30000, 1001), InlineData("23.976", 24000, 1001), InlineData("0.1", 1, 10)]
    public void TryParse_Number_IsExact(string text, long numerator, long denominator)
    {
        Assert.True(Rational.TryParse(text, out Rational value));
        Assert.Equal(new Rational(numerator, denominator), value);
        Assert.Equal(new Rational(denominator, numerator), value.Inverse);
    }

    [Theory]
    [InlineData(""), InlineData("0"), InlineData("-1"), InlineData("1/0"), InlineData("0/0"), InlineData("1/2/3")]
    [InlineData("fast"), InlineData("1e3"), InlineData("12345678901")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(Rational.TryParse(text, out _));
}
