using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atelier.Options;

/// <summary>Formats, parses, validates and compares the values of an option.</summary>
/// <typeparam name="T">The type of the property.</typeparam>
internal abstract class OptionType<T>
{
    /// <summary>The kind of the values.</summary>
    internal abstract OptionKind Kind { get; }

    /// <summary>The allowed values in short form, such as <c>N|original</c>.</summary>
    internal abstract string Values { get; }

    /// <summary>The allowed text values.</summary>
    internal virtual IReadOnlyList<string> Words => [];

    /// <summary>The text for no value; null if a value is required.</summary>
    internal virtual string? EmptyWord => null;

    /// <summary>The value if none is given; null if a value is required.</summary>
    internal virtual string? Alone => null;

    /// <summary>The range of the numbers; null if there is no limit, or if the values are not numbers.</summary>
    internal virtual OptionRange? Range => null;

    /// <summary>Formats a value as text, which <see cref="Parse"/> reads back.</summary>
    internal abstract string Show(T value);

    /// <exception cref="FormatException">The text is not a value.</exception>
    internal abstract T Parse(string text);

    /// <summary>Writes a value in the form of a recipe.</summary>
    internal abstract void Write(Utf8JsonWriter writer, T value);

    /// <summary>Reads a value in the form of a recipe.</summary>
    /// <exception cref="FormatException">The JSON is not a value.</exception>
    internal abstract T Read(JsonElement json);

    /// <summary>Returns the JSON Schema of the form of a recipe.</summary>
    internal abstract JsonObject Schema();

    /// <summary>Returns the problems with a value, as fault and remedy; empty if it is valid.</summary>
    internal virtual IEnumerable<(string Fault, string Remedy)> ProblemsWith(T value) => [];

    internal virtual bool AreEqual(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);

    internal virtual int HashOf(T value) => value is null ? 0 : EqualityComparer<T>.Default.GetHashCode(value);

    /// <summary>Creates the error for JSON that is not a value.</summary>
    protected static FormatException Misfit(JsonElement json, string expected)
        => new($"{json.GetRawText()} is not a valid value; give {expected}.");
}
