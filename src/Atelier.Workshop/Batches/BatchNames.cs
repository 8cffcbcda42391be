using Atelier.Workshop.Inputs;
using Atelier.Workshop.Variations;

namespace Atelier.Workshop.Batches;

/// <summary>Names results after what they were painted from: <c>lake--starry--bold--seed-2</c>.</summary>
internal static class BatchNames
{
    /// <summary>Between what a result was painted from: a part of every name.</summary>
    internal const string Separator = "--";

    // Not allowed in names on Windows, or with a meaning in shells.
    private const string Forbidden = "<>:\"/\\|?*;";

    /// <summary>Returns the name of each result, without extension.</summary>
    /// <exception cref="CodedException">Two results would have the same name.</exception>
    internal static IReadOnlyList<string> Of(IReadOnlyList<Variant> variants)
    {
        Dictionary<string, string> contents = Distinguish("photograph",
            [.. variants.Select(variant => variant.Sources.Content!.Path).Distinct()]);
        Dictionary<string, string> styles = Distinguish("style",
            [.. variants.SelectMany(variant => variant.Sources.Styles.Select(style => style.Path)).Distinct()]);
        string[] names = [.. variants.Select(variant => string.Join(Separator,
        [
            contents[variant.Sources.Content!.Path],
            .. variant.Sources.Styles.Select(style => styles[style.Path]),
            .. variant.Values.Where(value => value.Key != Variation.Style)
                .OrderBy(value => value.Key == Variation.Preset ? 0 : 1)
                .Select(value => Allowed(
                    value.Key == Variation.Preset ? value.Value : $"{value.Key}-{value.Value}")),
        ]))];

        // A photograph 'lake--dawn' with a style 'wave', and 'lake' with 'dawn--wave'.
        string? twice = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Skip(1).Any())?.Key;
        return twice is null ? names : throw CodedException.Usage(
            $"two results would have the same name '{twice}'.",
            "rename one of the inputs, or paint them into different folders");
    }

    /// <summary>Returns the shortest name for each file that distinguishes it from the others: <c>lake</c>,
    /// <c>lake.jpg</c> or <c>2024_lake.jpg</c>.</summary>
    private static Dictionary<string, string> Distinguish(string role, IReadOnlyList<string> paths)
    {
        Func<string, string>[] forms =
        [
            path => Path.GetFileNameWithoutExtension(PagePath.Parse(path).File) + PageOf(path),
            path => Path.GetFileName(PagePath.Parse(path).File) + PageOf(path),
            path => $"{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))}_" +
                Path.GetFileName(PagePath.Parse(path).File) + PageOf(path),
        ];
        Dictionary<string, string> names = [];
        IReadOnlyList<string> open = paths;
        foreach (Func<string, string> form in forms)
        {
            string[] taken = [.. names.Values], wanted = [.. open.Select(path => Allowed(form(path)))];
            for (int i = 0; i < wanted.Length; i++)
            {
                if (!taken.Any(name => SameNames.MayBeSame(name, wanted[i]))
                    && wanted.Count(name => SameNames.MayBeSame(name, wanted[i])) == 1)
                {
                    names[open[i]] = wanted[i];
                }
            }

            open = [.. open.Where(path => !names.ContainsKey(path))];
        }

        return open.Count == 0 ? names : throw CodedException.Usage(
            $"the results of {role} '{open[0]}' and '{open[^1]}' would have the same name.",
            "rename one of them, or paint them into different folders");
    }

    private static string PageOf(string path)
        => PagePath.Parse(path) is { File: string file, Page: int page } && file != path ? $"-{page}" : "";

    private static string Allowed(string name)
        => string.Concat(name.Select(letter => Forbidden.Contains(letter) || char.IsControl(letter) ? '-' : letter));
}
