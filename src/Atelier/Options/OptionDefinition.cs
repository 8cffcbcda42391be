using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atelier.Options;

/// <summary>All that there is to say about one option, said once. Checks, command lines, recipes, their schema and
/// documents follow from it.</summary>
/// <typeparam name="TOptions">The options that it is one of.</typeparam>
public abstract class OptionDefinition<TOptions>
{
    private protected OptionDefinition(string name, OptionGroup group, string help)
        => (Name, Group, Help) = (name, group, help);

    /// <summary>Its name, as in <c>style-weights</c>.</summary>
    public string Name { get; }

    /// <summary>Its name in a recipe, as in <c>styleWeights</c>.</summary>
    public string JsonName
        => string.Concat(
            Name.Split('-').Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>What it has to do with.</summary>
    public OptionGroup Group { get; }

    /// <summary>What it does: a sentence without its period.</summary>
    public string Help { get; }

    /// <summary>Whether it shapes the objective, and not only the way to its minimum.</summary>
    public bool AffectsObjective { get; internal init; }

    /// <summary>With which pictures it means something.</summary>
    public OptionScope Scope { get; internal init; }

    /// <summary>What its values are.</summary>
    public abstract OptionKind Kind { get; }

    /// <summary>What may be written, in short, as in <c>N|original</c>.</summary>
    public abstract string Values { get; }

    /// <summary>The words that may be written; all of them for a <see cref="OptionKind.Word"/>.</summary>
    public abstract IReadOnlyList<string> Words { get; }

    /// <summary>The word that stands for no value; null where there must be one.</summary>
    public abstract string? EmptyWord { get; }

    /// <summary>What is meant when the option is named without a value; null when one must follow.</summary>
    public abstract string? Alone { get; }

    /// <summary>The numbers that it may have; null for any, or where its values are no numbers.</summary>
    public abstract OptionRange? Range { get; }

    /// <summary>Its value as text, which <see cref="Change"/> reads back.</summary>
    public abstract string Show(TOptions options);

    /// <summary>The options with another value of this one.</summary>
    /// <exception cref="FormatException">The text is not a value. Whether a number is in its range is for
    /// <see cref="ProblemsWith"/> to say.</exception>
    public abstract TOptions Change(TOptions options, string text);

    /// <summary>What is wrong with its value by itself; empty for one that fits.</summary>
    public abstract IEnumerable<Problem> ProblemsWith(TOptions options);

    /// <summary>Whether two have the same value of it.</summary>
    internal abstract bool AreEqual(TOptions a, TOptions b);

    internal abstract int HashOf(TOptions options);

    /// <summary>Writes its value as a recipe has it.</summary>
    internal abstract void Write(Utf8JsonWriter writer, TOptions options);

    /// <summary>The options with the value that a recipe has.</summary>
    /// <exception cref="FormatException">It is not a value.</exception>
    internal abstract TOptions Read(TOptions options, JsonElement json);

    /// <summary>What a JSON Schema says of it.</summary>
    /// <param name="defaults">The options whose value is the default.</param>
    internal abstract JsonObject Schema(TOptions defaults);
}

/// <summary>An option whose property has a type.</summary>
/// <param name="get">Its value.</param>
/// <param name="set">The options with another value.</param>
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
