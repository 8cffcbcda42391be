namespace Atelier.Primitives.Tests;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["relu1_1", "relu4_2", "compact", "wasserstein"];

    [Theory]
    [InlineData("relu4_3", "relu4_2"), InlineData("RELU1_1", "relu1_1"), InlineData("copmact", "compact")]
    [InlineData("waserstien", "wasserstein"), InlineData("compct", "compact")]
    [InlineData("relu9_9", null), InlineData("relu", null), InlineData("rl", null), InlineData("contact", null)]
    [InlineData("something else", null), InlineData("", null)]
    public void Of_MistypedName_FindsTheNearestOrNone(string name, string? expected)
        => Assert.Equal(expected, NearestName.Find(name, Names));

    [Theory]
    [InlineData("tcsh", null), InlineData("ksh", null), InlineData("bsh", "bash"), InlineData("pwhs", "pwsh")]
    public void Of_ShortName_IsNearOneSlipAwayOnly(string name, string? expected)
        => Assert.Equal(expected, NearestName.Find(name, ["bash", "zsh", "fish", "pwsh"]));

    [Fact]
    public void Of_NoCandidates_IsNone() => Assert.Null(NearestName.Find("relu", []));

    [Fact]
    public void Suggestion_Always_EndsTheClause()
    {
        Assert.Equal("; did you mean 'compact'?", NearestName.Suggestion("compakt", Names));
        Assert.Equal(".", NearestName.Suggestion("nothing like it", Names));
    }
}
