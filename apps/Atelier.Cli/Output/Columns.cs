using System.Text;

namespace Atelier.Cli.Output;

/// <summary>Text in lines of limited width. Words are never cut.</summary>
internal static class Columns
{
    private const int Indent = 2, Gap = 2;

    /// <summary>Breaks text into lines.</summary>
    public static IEnumerable<string> Wrap(string text, int width) => Join(text.Split(' '), " ", width);

    /// <summary>Lays out names and their descriptions in two columns. The description of a long name begins on a line
    /// of its own.</summary>
    /// <param name="rows">The names and descriptions.</param>
    /// <param name="width">Width of the text.</param>
    /// <param name="nameWidth">Width up to which a name has its description beside it.</param>
    public static string Table(IReadOnlyList<(string Name, string Text)> rows, int width, int nameWidth)
    {
        int left = Indent + Gap + rows.Select(row => row.Name.Length).Where(length => length <= nameWidth)
            .DefaultIfEmpty(0).Max();
        StringBuilder table = new();
        foreach ((string name, string text) in rows)
        {
            IEnumerable<string> lines = Wrap(text, width - left);
            if (name.Length > nameWidth)
            {
                string continued = new(' ', Indent + 4);
                table.Append(' ', Indent)
                    .AppendJoin($"\n{continued}", Join(name.Split('|'), "|", width - continued.Length)).Append('\n');
            }
            else
            {
                table.Append((new string(' ', Indent) + name).PadRight(left)).Append(lines.First()).Append('\n');
                lines = lines.Skip(1);
            }

            foreach (string line in lines)
                table.Append(' ', left).Append(line).Append('\n');
        }

        return table.ToString();
    }

    private static IEnumerable<string> Join(IEnumerable<string> words, string separator, int width)
    {
        StringBuilder line = new();
        foreach (string word in words)
        {
            if (line.Length > 0 && line.Length + separator.Length + word.Length > width)
            {
                yield return line.ToString() + separator.TrimEnd();
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : separator).Append(word);
        }

        yield return line.ToString();
    }
}
