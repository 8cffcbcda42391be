using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atelier.Options;

/// <summary>Base class of numeric types with an optional range.</summary>
internal abstract class NumericType<T>(OptionRange? range) : OptionType<T> where T : struct, INumber<T>
{
    internal sealed override OptionRange? Range => range;

    internal override string Show(T value) => OptionText.Of(value);

    internal override IEnumerable<(string Fault, string Remedy)> ProblemsWith(T value)
        => range?.Contains(double.CreateChecked(value)) == false ? [($"is {Described(value)}", $"give {range}")] : [];

    internal override JsonObject Schema()
    {
        JsonObject schema = new() { ["type"] = JsonType };
        if (range is not null)
        {
            schema[range.ExcludesMin ? "exclusiveMinimum" : "minimum"] = range.Min;
            if (double.IsFinite(range.Max))
            {
                schema[range.ExcludesMax ? "exclusiveMaximum" : "maximum"] = range.Max;
            }
        }

        return schema;
    }

    /// <summary>The name of the type in a JSON Schema.</summary>
    protected abstract string JsonType { get; }

    /// <summary>Returns a value as shown in messages.</summary>
    protected virtual string Described(T value) => Show(value);
}

/// <summary>Numbers, such as <c>0.5</c>.</summary>
internal sealed class NumberType(OptionRange range) : NumericType<double>(range)
{
    internal override OptionKind Kind => OptionKind.Number;

    internal override string Values => "X";

    protected override string JsonType => "number";

    internal override double Parse(string text) => OptionText.ParseNumber(text);

    internal override void Write(Utf8JsonWriter writer, double value) => writer.WriteNumberValue(value);

    internal override double Read(JsonElement json)
        => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw Misfit(json, "a number");
}

/// <summary>Whole numbers, such as <c>512</c>.</summary>
internal sealed class WholeType(OptionRange? range = null) : NumericType<int>(range)
{
    internal override OptionKind Kind => OptionKind.Whole;

    internal override string Values => "N";

    protected override string JsonType => "integer";

    internal override int Parse(string text) => OptionText.ParseWhole(text);

    internal override void Write(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);

    internal override int Read(JsonElement json)
        => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int value)
            ? value
            : throw Misfit(json, "a whole number");
}

/// <summary>Numbers of bytes, such as <c>4GB</c>.</summary>
/// <param name="min">The minimum, a whole number of megabytes.</param>
internal sealed class BytesType(long min) : NumericType<long>(new OptionRange(min, double.PositiveInfinity, "bytes"))
{
    private const long Mega = 1_000_000;

    internal override OptionKind Kind => OptionKind.Bytes;

    internal override string Values => "4GB";

    protected override string JsonType => "integer";

    internal override long Parse(string text) => OptionText.ParseBytes(text);

    internal override IEnumerable<(string Fault, string Remedy)> ProblemsWith(long value)
        => base.ProblemsWith(value).Select(problem => (problem.Fault, $"give at least {min / Mega}MB"));

    internal override void Write(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);

    internal override long Read(JsonElement json)
        => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out long value)
            ? value
            : throw Misfit(json, "a whole number of bytes");

    protected override string Described(long value) => $"{Show(value)} bytes";
}

/// <summary>A value, or a word for no value, which is null in a recipe.</summary>
internal sealed class OrWordType<T>(OptionType<T> type, string word) : OptionType<T?> where T : struct
{
    internal override OptionKind Kind => type.Kind;

    internal override string Values => Kind == OptionKind.Bytes ? $"{word}|{type.Values}" : $"{type.Values}|{word}";

    internal override IReadOnlyList<string> Words => [.. type.Words, word];

    internal override string EmptyWord => word;

    internal override OptionRange? Range => type.Range;

    internal override string Show(T? value) => value is T given ? type.Show(given) : word;

    internal override T? Parse(string text)
        => text.Equals(word, StringComparison.OrdinalIgnoreCase) ? null : type.Parse(text);

    internal override void Write(Utf8JsonWriter writer, T? value)
    {
        if (value is T given)
        {
            type.Write(writer, given);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    internal override T? Read(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Null ? null : type.Read(json);
        }
        catch (FormatException error)
        {
            throw new FormatException($"{error.Message.TrimEnd('.')}, or null for {word}.", error);
        }
    }

    internal override JsonObject Schema()
    {
        JsonObject schema = type.Schema();
        schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        return schema;
    }

    internal override IEnumerable<(string Fault, string Remedy)> ProblemsWith(T? value)
        => value is T given
            ? type.ProblemsWith(given).Select(problem => (problem.Fault, $"{problem.Remedy}, or {word}"))
            : [];
}

/// <summary>A list of numbers, compared by contents.</summary>
/// <param name="element">The type of the numbers.</param>
/// <param name="kind">The kind of the option.</param>
/// <param name="what">The name of one number in messages, with its article.</param>
internal sealed class ListType<T>(NumericType<T> element, OptionKind kind, string what) : OptionType<ImmutableArray<T>>
    where T : struct, INumber<T>
{
    /// <summary>The word for the empty list; null if the list must not be empty.</summary>
    internal string? Empty { get; init; }

    /// <summary>An example, if each number must be larger than the previous one; null if any order is allowed.
    /// </summary>
    internal string? Growing { get; init; }

    internal override OptionKind Kind => kind;

    internal override string Values => Empty is null ? "N,N,..." : $"{Empty}|N,N,...";

    internal override IReadOnlyList<string> Words => Empty is null ? [] : [Empty];

    internal override string? EmptyWord => Empty;

    internal override OptionRange? Range => element.Range;

    internal override string Show(ImmutableArray<T> value)
        => value.IsEmpty ? Empty ?? "" : string.Join(',', value.Select(element.Show));

    internal override ImmutableArray<T> Parse(string text)
        => text.Equals(Empty, StringComparison.OrdinalIgnoreCase) ? [] : [.. text.Split(',').Select(element.Parse)];

    internal override void Write(Utf8JsonWriter writer, ImmutableArray<T> value)
    {
        writer.WriteStartArray();
        foreach (T each in value)
            element.Write(writer, each);
        writer.WriteEndArray();
    }

    internal override ImmutableArray<T> Read(JsonElement json)
        => json.ValueKind == JsonValueKind.Array
            ? [.. json.EnumerateArray().Select(element.Read)]
            : throw Misfit(json, "a list such as [1, 2]");

    internal override JsonObject Schema()
    {
        JsonObject schema = new() { ["type"] = "array", ["items"] = element.Schema() };
        if (Empty is null)
        {
            schema["minItems"] = 1;
        }

        return schema;
    }

    internal override IEnumerable<(string Fault, string Remedy)> ProblemsWith(ImmutableArray<T> value)
    {
        if (value.IsDefault || (value.IsEmpty && Empty is null))
        {
            yield return ("is empty", $"give {what}, or several");
            yield break;
        }

        if (element.Range is OptionRange range && value.Any(each => !range.Contains(double.CreateChecked(each))))
        {
            yield return ($"contains {what} outside {range}", $"it is {Show(value)}, so change it there");
        }

        if (Growing is not null && value.Zip(value.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            yield return ("must be in ascending order", $"write it like {Growing}");
        }
    }

    internal override bool AreEqual(ImmutableArray<T> a, ImmutableArray<T> b) => Contents.AreEqual(a, b);

    internal override int HashOf(ImmutableArray<T> value) => Contents.HashOf(value);
}
