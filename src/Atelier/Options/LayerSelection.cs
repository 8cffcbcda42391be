using System.Collections.Immutable;
using System.Globalization;

namespace Atelier.Options;

/// <summary>A selection of network layers with optional weights, written <c>relu4_2</c>, <c>relu1_1=256,relu2_1=64</c>
/// or <c>all</c>.</summary>
public sealed record LayerSelection
{
    private const string AllWord = "all";

    /// <summary>Every ReLU layer of the network, with equal or geometric weights.</summary>
    public static LayerSelection All { get; } = new() { Layers = [] };

    /// <summary>The layers by name with their weights (null if none was given), in the order given.</summary>
    public required ImmutableArray<(string Name, double? Weight)> Layers { get; init; }

    /// <summary>Whether the selection is <c>all</c>.</summary>
    public bool IsAll => Layers.IsEmpty;

    /// <summary>Parses the text form of a selection.</summary>
    /// <exception cref="FormatException">The text is empty, a weight is not a number of 0 or more, a layer is named
    /// twice, or only some layers have weights.</exception>
    public static LayerSelection Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Trim().Equals(AllWord, StringComparison.OrdinalIgnoreCase))
        {
            return All;
        }

        ImmutableArray<(string Name, double? Weight)> layers =
            [.. text.Split(',', StringSplitOptions.TrimEntries).Select(ParseLayer)];
        string? twice = layers.GroupBy(layer => layer.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new FormatException($"layer '{twice}' is named twice; name each layer once.");
        }

        if (layers.Any(layer => layer.Weight is null) && layers.Any(layer => layer.Weight is not null))
        {
            throw new FormatException($"'{text}' gives weights to only some layers; give a weight to every layer or " +
                "to none.");
        }

        return new LayerSelection { Layers = layers };
    }

    /// <summary>Returns the text form, which <see cref="Parse"/> reads back.</summary>
    public override string ToString() => IsAll
        ? AllWord
        : string.Join(',', Layers.Select(layer => layer.Weight is double weight
            ? string.Create(CultureInfo.InvariantCulture, $"{layer.Name}={weight:R}")
            : layer.Name));

    /// <summary>Two selections are equal if they have the same text form.</summary>
    public bool Equals(LayerSelection? other) => other is not null && Layers.SequenceEqual(other.Layers);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static (string Name, double? Weight) ParseLayer(string text)
    {
        string[] parts = text.Split('=', StringSplitOptions.TrimEntries);
        if (parts.Length > 2 || parts[0].Length == 0)
        {
            throw new FormatException($"'{text}' is not a layer; write 'relu4_2', 'relu4_2=0.5' or 'all'.");
        }

        if (parts.Length == 1)
        {
            return (parts[0], null);
        }

        if (!double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight)
            || weight is not (>= 0 and <= StylizeOptions.MaxWeight))
        {
            throw new FormatException($"'{parts[1]}' is not a weight for layer '{parts[0]}'; " +
                $"give 0 to {StylizeOptions.MaxWeight:0e+0}.");
        }

        return (parts[0], weight);
    }
}
