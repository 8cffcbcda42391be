using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atelier.Options;

/// <summary>How values of an option are written, read, checked and compared.</summary>
/// <typeparam name="T">The type of the property.</typeparam>
internal abstract class OptionType<T>
{
    /// <summary>What the values are.</summary>
    internal abstract OptionKind Kind { get; }

    /// <summary>What may be written, in short, as in <c>N|original</c>.</summary>
    internal abstract string Values { get; }

    /// <summary>The words that may be written.</summary>
    internal virtual IReadOnlyList<string> Words => [];

    /// <summary>The word that stands for no value; null where there must be one.</summary>
    internal virtual string? EmptyWord => null;

    /// <summary>What is meant when no value is written; null when one must be.</summary>
    internal virtual string? Alone => null;

    /// <summary>The numbers that may be written; null for any, or where values are no numbers.</summary>
    internal virtual OptionRange? Range => null;

    /// <summary>The written form, which <see cref="Parse"/> reads back.</summary>
    internal abstract string Show(T value);

    /// <exception cref="FormatException">The text is not a value.</exception>
    internal abstract T Parse(string text);

    /// <summary>Writes the form that a recipe has.</summary>
    internal abstract void Write(Utf8JsonWriter writer, T value);

    /// <summary>Reads the form that a recipe has.</summary>
    /// <exception cref="FormatException">It is not a value.</exception>
    internal abstract T Read(JsonElement json);

    /// <summary>What a JSON Schema says of the form that a recipe has.</summary>
    internal abstract JsonObject Schema();

    /// <summary>What is wrong with a value, as fault and remedy; empty for one that fits.</summary>
    internal virtual IEnumerable<(string Fault, string Remedy)> ProblemsWith(T value) => [];

    internal virtual bool AreEqual(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);

    internal virtual int HashOf(T value) => value is null ? 0 : EqualityComparer<T>.Default.GetHashCode(value);

    /// <summary>The error for JSON that is no value.</summary>
    protected static FormatException Misfit(JsonElement json, string expected)
        => new($"{json.GetRawText()} does not fit; give {expected}.");
}
