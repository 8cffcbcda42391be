namespace Atelier.Benchmarks;

/// <summary>A table, printed as Markdown a row at a time, so that a long benchmark shows how far it is.</summary>
internal sealed class MarkdownTable
{
    private readonly int _columns;

    internal MarkdownTable(params string[] columns)
    {
        _columns = columns.Length;
        Console.WriteLine();
        Add(columns);
        Add([.. columns.Select(_ => "---")]);
    }

    internal void Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, _columns);
        Console.WriteLine($"| {string.Join(" | ", cells)} |");
    }
}
