using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atelier.Options;

/// <summary>Base class of types whose values are text in a recipe, too.</summary>
internal abstract class TextType<T> : OptionType<T>
{
    internal sealed override void Write(Utf8JsonWriter writer, T value) => writer.WriteStringValue(Show(value));

    internal override T Read(JsonElement json)
        => json.ValueKind == JsonValueKind.String
            ? Parse(json.GetString()!)
            : throw Misfit(json, Words.Count > 0 ? $"one of {string.Join(", ", Words)}" : "a text");

    internal override JsonObject Schema() => new() { ["type"] = "string" };
}

/// <summary>The text values of an enumeration.</summary>
internal sealed class WordType<TKind> : TextType<TKind> where TKind : struct, Enum
{
    /// <summary>Whether recipes of version 0.1.0 store numbers instead of text.</summary>
    internal bool WasNumber { get; init; }

    internal override OptionKind Kind => OptionKind.Word;

    internal override string Values => string.Join('|', Words);

    internal override IReadOnlyList<string> Words { get; } = OptionValues.All<TKind>();

    internal override string Show(TKind value)
        => Enum.IsDefined(value)
            ? OptionValues.Format(value)
            : throw new ArgumentOutOfRangeException(nameof(value), value, "No such member.");

    internal override TKind Parse(string text) => OptionValues.Parse<TKind>(text);

    internal override TKind Read(JsonElement json)
        => WasNumber && json.ValueKind == JsonValueKind.Number
            && json.TryGetInt32(out int number) && number >= 0 && number < Words.Count
            ? Parse(Words[number])
            : base.Read(json);

    internal override JsonObject Schema() => new()
    {
        ["enum"] = new JsonArray([.. Words.Select(word => (JsonNode)word)]),
    };

    internal override IEnumerable<(string Fault, string Remedy)> ProblemsWith(TKind value)
        => Enum.IsDefined(value) ? [] : [($"is {value}", $"give one of {string.Join(", ", Words)}")];
}

/// <summary>A switch, which the option without a value turns on; true or false in a recipe.</summary>
internal sealed class SwitchType : OptionType<bool>
{
    private const string On = "on";
    private const string Off = "off";

    internal override OptionKind Kind => OptionKind.Switch;

    internal override string Values => $"{On}|{Off}";

    internal override IReadOnlyList<string> Words => [On, Off];

    internal override string Alone => On;

    internal override string Show(bool value) => value ? On : Off;

    internal override bool Parse(string text)
        => text.Equals(On, StringComparison.OrdinalIgnoreCase)
            || (text.Equals(Off, StringComparison.OrdinalIgnoreCase)
                ? false
                : throw new FormatException($"'{text}' is neither {On} nor {Off}."));

    internal override void Write(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);

    internal override bool Read(JsonElement json)
        => json.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? json.GetBoolean()
            : throw Misfit(json, "true or false");

    internal override JsonObject Schema() => new() { ["type"] = "boolean" };
}

/// <summary>Layers with optional weights.</summary>
internal sealed class LayersType : TextType<LayerSelection>
{
    internal override OptionKind Kind => OptionKind.Layers;

    internal override string Values => "LAYERS";

    internal override IReadOnlyList<string> Words => [LayerSelection.All.ToString()];

    internal override string Show(LayerSelection value) => value.ToString();

    internal override LayerSelection Parse(string text) => LayerSelection.Parse(text);

    internal override LayerSelection Read(JsonElement json)
        => json.ValueKind == JsonValueKind.String
            ? Parse(json.GetString()!)
            : throw Misfit(json, "a text such as \"relu1_1=2,relu3_1=1\" or \"all\"");
}

/// <summary>The name of the embedded network, or the name or path of another.</summary>
internal sealed class NetworkType(string embedded) : TextType<string>
{
    internal override OptionKind Kind => OptionKind.WordOrName;

    internal override string Values => $"{embedded}|NAME|FILE";

    internal override IReadOnlyList<string> Words => [embedded];

    internal override string Show(string value) => value;

    internal override string Parse(string text) => text;

    internal override string Read(JsonElement json)
        => json.ValueKind == JsonValueKind.String
            ? json.GetString()!
            : throw Misfit(json, $"\"{embedded}\", the name of a network or the path of its file");
}

/// <summary>The initial picture: a text value or, on a command line, also the path of a picture, which means <see
/// cref="InitKind.File"/>.</summary>
internal sealed class InitType : TextType<InitKind>
{
    private readonly WordType<InitKind> _inRecipe = new();

    internal override OptionKind Kind => OptionKind.WordOrName;

    internal override string Values => $"{string.Join('|', Words)}|FILE";

    internal override IReadOnlyList<string> Words { get; } =
        [.. OptionValues.All<InitKind>().Where(word => word != OptionValues.Format(InitKind.File))];

    internal override string Show(InitKind value) => _inRecipe.Show(value);

    internal override InitKind Parse(string text)
        => Words.Contains(text) ? OptionValues.Parse<InitKind>(text) : InitKind.File;

    internal override InitKind Read(JsonElement json) => _inRecipe.Read(json);

    internal override JsonObject Schema() => _inRecipe.Schema();

    internal override IEnumerable<(string Fault, string Remedy)> ProblemsWith(InitKind value)
        => _inRecipe.ProblemsWith(value);
}
