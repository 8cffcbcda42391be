namespace Atelier.Cli.Output;

/// <summary>Short lines on standard error.</summary>
internal static class Notes
{
    public static void Warn(Host host, bool color, IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
        {
            host.Error.WriteLine($"{Label("warning", "33", color)} {warning}");
        }
    }

    public static string Label(string word, string colorCode, bool color)
        => color ? $"\e[{colorCode}m{word}:\e[0m" : $"{word}:";
}
