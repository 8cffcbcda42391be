using Atelier.Studio.Painting;

namespace Atelier.Studio.Tests.Painting;

public sealed class SignificantTests
{
    [Theory]
    [InlineData(0.123456, 3, 0.123)]
    [InlineData(0.0099999, 2, 0.01)]
    [InlineData(1234.5, 2, 1200)]
    [InlineData(-0.0456, 1, -0.05)]
    [InlineData(0, 3, 0)]
    public void Round_KeepsTheFirstDigits(double value, int digits, double expected)
        => Assert.Equal(expected, Significant.Round(value, digits));
}
