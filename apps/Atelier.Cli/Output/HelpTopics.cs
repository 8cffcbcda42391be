namespace Atelier.Cli.Output;

/// <summary>Short texts about subjects that concern several options, embedded in the tool.</summary>
internal static class HelpTopics
{
    private const string Prefix = "topics/";

    /// <summary>The names and first lines of all topics.</summary>
    public static IReadOnlyList<(string Name, string Title)> All { get; } =
    [
        .. typeof(HelpTopics).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => (name[Prefix.Length..], Read(name[Prefix.Length..]).Split('\n')[0].TrimEnd('.', '\r'))),
    ];

    /// <summary>Returns the text of a topic.</summary>
    public static string Read(string topic)
    {
        using StreamReader text = new(typeof(HelpTopics).Assembly.GetManifestResourceStream(Prefix + topic)!);
        return text.ReadToEnd().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }
}
