using System.Text.RegularExpressions;
using Atelier.Testing;

namespace Atelier.PublicApi.Tests.House;

/// <summary>The messages of the libraries mention neither command-line options nor commands, because each program words
/// its own hints.</summary>
public sealed partial class NeutralTextTests
{
    [Fact]
    public void StringLiterals_OfTheLibraries_MentionNoCommandLine()
    {
        List<string> problems = [];
        foreach (string path in Directory.EnumerateFiles(
            Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories))
        {
            string[] lines = File.ReadAllLines(path);
            problems.AddRange(lines.Select((line, i) => (Line: line, Number: i + 1))
                .Where(each => MentionsCommandLine(each.Line))
                .Select(each => $"{path}:{each.Number}: {each.Line.Trim()}"));
        }

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("""throw new("give --size 512.");""", true)]
    [InlineData("""throw new("create one with 'atelier style extract'.");""", true)]
    [InlineData("""string[] arguments = ["-hide_banner", "-v"];""", false)]
    [InlineData("""string path = ".atelier-checkpoint";""", false)]
    [InlineData("""// "--size" is the option.""", false)]
    public void MentionsCommandLine_OfALine_LooksIntoItsLiterals(string line, bool expected)
        => Assert.Equal(expected, MentionsCommandLine(line));

    private static bool MentionsCommandLine(string line)
        => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            && Literal().Matches(line).Any(literal => CommandLine().IsMatch(literal.Value));

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"
        """)]
    private static partial Regex Literal();

    // ffmpeg's arguments begin with a single dash, and names of files and keys contain no space.
    [GeneratedRegex(@"(?<![-\w])--[a-z]|\batelier [a-z]")]
    private static partial Regex CommandLine();
}
