using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Primitives;

namespace Atelier.Options;

/// <summary>Converts between the enumerations of the options and their text values, such as <c>half-sum</c> for
/// <see cref="ContentLossKind.HalfSum"/>. The command line and recipes use the same text.</summary>
public static class OptionValues
{
    /// <summary>Returns the text of every value, in declaration order.</summary>
    public static IReadOnlyList<string> All<TKind>() where TKind : struct, Enum
        => [.. Enum.GetValues<TKind>().Select(Format)];

    /// <summary>Returns the text of a value: its JSON name if it has one, otherwise its identifier in kebab
    /// case.</summary>
    public static string Format<TKind>(TKind kind) where TKind : struct, Enum
        => typeof(TKind).GetField(kind.ToString())?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
            ?? JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>Parses the text of a value, ignoring case.</summary>
    /// <exception cref="FormatException">No value has this text; the message suggests the nearest.</exception>
    public static TKind Parse<TKind>(string word) where TKind : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(word);
        foreach (TKind kind in Enum.GetValues<TKind>())
        {
            if (Format(kind).Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        IReadOnlyList<string> words = All<TKind>();
        throw new FormatException(
            $"'{word}' is not one of {string.Join(", ", words)}{NearestName.Suggestion(word, words)}");
    }
}
