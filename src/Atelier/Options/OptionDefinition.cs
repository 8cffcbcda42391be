using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atelier.Options;

/// <summary>The complete definition of one option. Validation, command lines, recipes, their schema and the
/// documentation are derived from it.</summary>
/// <typeparam name="TOptions">The record that contains the option.</typeparam>
public abstract class OptionDefinition<TOptions>
{
    private protected OptionDefinition(string name, OptionGroup group, string help)
        => (Name, Group, Help) = (name, group, help);

    /// <summary>The name, such as <c>style-weights</c>.</summary>
    public string Name { get; }

    /// <summary>The name in a recipe, such as <c>styleWeights</c>.</summary>
    public string JsonName
        => string.Concat(
            Name.Split('-').Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>The group under which the option is listed.</summary>
    public OptionGroup Group { get; }

    /// <summary>A description: one sentence without the period.</summary>
    public string Help { get; }

    /// <summary>Whether it affects the objective itself and not only how it is minimized.</summary>
    public bool AffectsObjective { get; internal init; }

    /// <summary>The inputs for which the option has an effect.</summary>
    public OptionScope Scope { get; internal init; }

    /// <summary>The first version of the recipe format that has the option.</summary>
    internal int Since { get; init; } = 1;

    /// <summary>The kind of its values.</summary>
    public abstract OptionKind Kind { get; }

    /// <summary>The allowed values in short form, such as <c>N|original</c>.</summary>
    public abstract string Values { get; }

    /// <summary>The allowed text values; for a <see cref="OptionKind.Word"/>, these are all values.</summary>
    public abstract IReadOnlyList<string> Words { get; }

    /// <summary>The text for no value; null if a value is required.</summary>
    public abstract string? EmptyWord { get; }

    /// <summary>The value if the option is given without one; null if a value is required.</summary>
    public abstract string? Alone { get; }

    /// <summary>The range of its numbers; null if there is no limit, or if its values are not numbers.</summary>
    public abstract OptionRange? Range { get; }

    /// <summary>Returns its value as text, which <see cref="Change"/> reads back.</summary>
    public abstract string Show(TOptions options);

    /// <summary>Returns the options with this one changed to the given value.</summary>
    /// <exception cref="FormatException">The text is not a value. Ranges are not checked here but by <see
    /// cref="ProblemsWith"/>.</exception>
    public abstract TOptions Change(TOptions options, string text);

    /// <summary>Returns the problems with its value, regardless of other options; empty if it is valid.</summary>
    public abstract IEnumerable<Problem> ProblemsWith(TOptions options);

    /// <summary>Whether two sets of options have the same value.</summary>
    internal abstract bool AreEqual(TOptions a, TOptions b);

    internal abstract int HashOf(TOptions options);

    /// <summary>Returns the options with this one changed to its value in others.</summary>
    internal abstract TOptions Copy(TOptions from, TOptions to);

    /// <summary>Writes its value in the form of a recipe.</summary>
    internal abstract void Write(Utf8JsonWriter writer, TOptions options);

    /// <summary>Returns the options with this one changed to a value from a recipe.</summary>
    /// <exception cref="FormatException">The JSON is not a value of the option.</exception>
    internal abstract TOptions Read(TOptions options, JsonElement json);

    /// <summary>Returns its JSON Schema.</summary>
    /// <param name="defaults">The options with the default values.</param>
    internal abstract JsonObject Schema(TOptions defaults);
}

/// <summary>The definition of an option with a property of a certain type.</summary>
/// <param name="get">Returns the value.</param>
/// <param name="set">Returns the options with another value.</param>
internal sealed class OptionDefinition<TOptions, TValue>(
    string name, OptionGroup group, string help, OptionType<TValue> type,
    Func<TOptions, TValue> get, Func<TOptions, TValue, TOptions> set)
    : OptionDefinition<TOptions>(name, group, help)
{
    public override OptionKind Kind => type.Kind;

    public override string Values => type.Values;

    public override IReadOnlyList<string> Words => type.Words;

    public override string? EmptyWord => type.EmptyWord;

    public override string? Alone => type.Alone;

    public override OptionRange? Range => type.Range;

    public override string Show(TOptions options) => type.Show(get(options));

    public override TOptions Change(TOptions options, string text) => set(options, type.Parse(text));

    public override IEnumerable<Problem> ProblemsWith(TOptions options)
        => type.ProblemsWith(get(options)).Select(problem => new Problem(Name, problem.Fault, problem.Remedy));

    internal override bool AreEqual(TOptions a, TOptions b) => type.AreEqual(get(a), get(b));

    internal override int HashOf(TOptions options) => type.HashOf(get(options));

    internal override TOptions Copy(TOptions from, TOptions to) => set(to, get(from));

    internal override void Write(Utf8JsonWriter writer, TOptions options) => type.Write(writer, get(options));

    internal override TOptions Read(TOptions options, JsonElement json) => set(options, type.Read(json));

    internal override JsonObject Schema(TOptions defaults)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            Write(writer, defaults);
        }

        JsonObject schema = type.Schema();
        schema["description"] = $"{Help}.";
        schema["default"] = JsonNode.Parse(text.ToArray());
        return schema;
    }
}
