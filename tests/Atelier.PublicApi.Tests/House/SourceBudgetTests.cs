using Atelier.Testing;

namespace Atelier.PublicApi.Tests.House;

/// <summary>Files that a person can read at a sitting, and that the formatter leaves alone. Tables and generated
/// files are exempt.</summary>
public sealed class SourceBudgetTests
{
    private const int MaxLines = 400;
    private const int MaxColumns = 120;

    [Fact]
    public void Sources_EveryFile_StaysWithinTheBudget()
    {
        List<string> problems = [];
        foreach ((string path, string[] lines) in Sources())
        {
            if (lines.Length > MaxLines)
            {
                problems.Add($"{path} has {lines.Length} lines.");
            }

            problems.AddRange(lines.Select((line, i) => (line, i)).Where(each => each.line.Length > MaxColumns)
                .Select(each => $"{path}:{each.i + 1} has {each.line.Length} columns."));
        }

        Assert.Empty(problems);
    }

    [Fact]
    public void Sources_EveryFile_HasOneBlankLineAtATimeAndSortedUsings()
    {
        List<string> problems = [];
        foreach ((string path, string[] lines) in Sources())
        {
            problems.AddRange(Enumerable.Range(1, Math.Max(lines.Length - 1, 0))
                .Where(i => lines[i].Length == 0 && lines[i - 1].Length == 0)
                .Select(i => $"{path}:{i + 1} is a second blank line."));

            string[] usings = [.. lines.SkipWhile(line => !line.StartsWith("using ", StringComparison.Ordinal))
                .TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('='))
                .Select(line => line["using ".Length..].TrimEnd(';'))];
            string[] sorted =
                [.. usings.OrderBy(name => !$"{name}.".StartsWith("System.", StringComparison.Ordinal))
                .ThenBy(name => name, StringComparer.OrdinalIgnoreCase)];
            if (!usings.SequenceEqual(sorted))
            {
                problems.Add($"{path} has usings that are not sorted: {string.Join(", ", usings)}.");
            }
        }

        Assert.Empty(problems);
    }

    private static IEnumerable<(string Path, string[] Lines)> Sources() =>
        from folder in (string[])["src", "apps", "tests", "benchmarks", "tools", "docs"]
        from path in Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
        where !path.EndsWith(".g.cs", StringComparison.Ordinal)
            && !path.EndsWith(".Tables.cs", StringComparison.Ordinal)
        select (path, File.ReadAllLines(path));
}
