using System.Text.RegularExpressions;
using Atelier.Testing;

namespace Atelier.PublicApi.Tests.House;

/// <summary>What docs/how-it-runs.md says of files.</summary>
public sealed partial class FlowTests
{
    [Fact]
    public void Flow_NamesFilesThatAreThere()
    {
        string[] files = [.. SourceFile().Matches(File.ReadAllText(Repository.PathOf("docs", "how-it-runs.md")))
            .Select(match => match.Groups[1].Value)];

        Assert.InRange(files.Length, 20, 100);
        Assert.All(files, file => Assert.True(File.Exists(Repository.PathOf(file)), $"There is no {file}."));
    }

    [GeneratedRegex(@"`((?:src|apps|tests)/[^`]+)`")]
    private static partial Regex SourceFile();
}
