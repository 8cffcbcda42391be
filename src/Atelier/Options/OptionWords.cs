using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Primitives;

namespace Atelier.Options;

/// <summary>The written words of the options' kinds, as in <c>half-sum</c> for
/// <see cref="ContentLossKind.HalfSum"/>: the same on the command line and in a recipe.</summary>
public static class OptionWords
{
    /// <summary>The word of each value, in the order of their declaration.</summary>
    public static IReadOnlyList<string> All<TKind>() where TKind : struct, Enum
        => [.. Enum.GetValues<TKind>().Select(Of)];

    /// <summary>The word of a value: the one it was given as its name in JSON, or that of its identifier.</summary>
    public static string Of<TKind>(TKind kind) where TKind : struct, Enum
        => typeof(TKind).GetField(kind.ToString())?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
            ?? JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>Reads a word; upper and lower case count as equal.</summary>
    /// <exception cref="FormatException">No value has that word; the message names the nearest.</exception>
    public static TKind Parse<TKind>(string word) where TKind : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(word);
        foreach (TKind kind in Enum.GetValues<TKind>())
        {
            if (Of(kind).Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        IReadOnlyList<string> words = All<TKind>();
        throw new FormatException(
            $"'{word}' is not one of {string.Join(", ", words)}{NearestName.Suggestion(word, words)}");
    }
}
