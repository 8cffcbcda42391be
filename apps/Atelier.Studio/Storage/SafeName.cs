using System.Text;
using Atelier.Workshop.Styles;

namespace Atelier.Studio.Storage;

/// <summary>Names of files that are safe on every system, made from names that may come from anywhere.</summary>
public static class SafeName
{
    private const int MaxLength = 80;
    private static readonly int MaxExtension = StyleFileExtraction.Extension.Length;

    // Names of devices on Windows, with or without an extension.
    private static readonly HashSet<string> Reserved = new(
        ["con", "prn", "aux", "nul", .. Numbered("com"), .. Numbered("lpt")], StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a name readable and safe: no folders, no characters that a system forbids, not too
    /// long.</summary>
    /// <param name="given">The name as given, possibly with folders.</param>
    /// <param name="fallback">The name if nothing is left.</param>
    public static string From(string? given, string fallback)
    {
        string last = (given ?? "").Split('/', '\\')[^1].Normalize(NormalizationForm.FormC);
        string extension = Clean(Path.GetExtension(last)).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        string stem = Shorten(Clean(Path.GetFileNameWithoutExtension(last)), MaxLength - extension.Length);
        if (stem.Length == 0 || Reserved.Contains(stem.Split('.')[0]))
        {
            stem = fallback;
        }

        return stem + (extension.Length > 1 && extension.Length <= MaxExtension ? extension : "");
    }

    /// <summary>Whether a name could have been made by <see cref="From"/>, so that it leads nowhere but into its
    /// folder.</summary>
    public static bool IsSafe(string name)
        => name.Length is > 0 and <= 2 * MaxLength && name[0] != '.' && Clean(name) == name
            && !Reserved.Contains(name.Split('.')[0]);

    private static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isKept = Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' or ' ' or '.' or '(' or ')' or '+'
                || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.NonSpacingMark;
            clean.Append(isKept ? rune.ToString() : "-");
        }

        return clean.ToString().Trim(' ').TrimEnd('.');
    }

    private static string Shorten(string text, int length)
    {
        string trimmed = text.TrimStart('.', ' ', '-');
        int end = Math.Min(trimmed.Length, length);
        return trimmed[..(end > 0 && char.IsHighSurrogate(trimmed[end - 1]) ? end - 1 : end)].TrimEnd(' ', '.');
    }

    private static IEnumerable<string> Numbered(string name) => Enumerable.Range(1, 9).Select(i => $"{name}{i}");
}
