using Atelier.Testing;

namespace Atelier.PublicApi.Tests.House;

/// <summary>Files that a person can read at a sitting. Tables and generated files are exempt.</summary>
public sealed class SourceBudgetTests
{
    private const int MaxLines = 400;
    private const int MaxColumns = 120;

    [Fact]
    public void Sources_EveryFile_StaysWithinTheBudget()
    {
        List<string> problems = [];
        foreach (string file in (string[])["src", "apps", "tests", "benchmarks", "tools", "docs"])
        {
            foreach (string path in Directory.EnumerateFiles(
                Repository.PathOf(file), "*.cs", SearchOption.AllDirectories))
            {
                if (path.EndsWith(".g.cs", StringComparison.Ordinal)
                    || path.EndsWith(".Tables.cs", StringComparison.Ordinal))
                {
                    continue;
                }

                string[] lines = File.ReadAllLines(path);
                if (lines.Length > MaxLines)
                {
                    problems.Add($"{path} has {lines.Length} lines.");
                }

                problems.AddRange(lines.Select((line, i) => (line, i)).Where(each => each.line.Length > MaxColumns)
                    .Select(each => $"{path}:{each.i + 1} has {each.line.Length} columns."));
            }
        }

        Assert.Empty(problems);
    }
}
