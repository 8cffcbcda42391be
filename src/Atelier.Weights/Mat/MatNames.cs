using System.Globalization;

namespace Atelier.Weights.Mat;

/// <summary>Names the tensors of a variable by their paths.</summary>
internal static class MatNames
{
    private const int MaxCharacters = 512;

    /// <summary>Returns every array of numbers below a node, with its name.</summary>
    internal static IEnumerable<(string Name, MatNumbers Numbers)> Of(string path, MatNode node)
    {
        if (path.Length > MaxCharacters)
        {
            throw new WeightFormatException($"MAT: a name is longer than {MaxCharacters} characters: {path[..80]}…");
        }

        return node switch
        {
            MatNumbers numbers => [(path, numbers)],
            MatCells cells => cells.Items.SelectMany((item, i) => Of(Indexed(path, i), item)),
            MatStructs { Items.Count: 1 } one => OfFields(path, one.Fields, one.Items[0]),
            MatStructs many => many.Items.SelectMany((item, i) => OfFields(Indexed(path, i), many.Fields, item)),
            _ => [],
        };
    }

    private static IEnumerable<(string Name, MatNumbers Numbers)> OfFields(
        string path, IReadOnlyList<string> fields, IReadOnlyList<MatNode> values)
    {
        string name = fields.Zip(values).Select(field => field is ("name", MatText text) ? $"({text.Value})" : "")
            .FirstOrDefault(text => text.Length > 0, "");
        return fields.Zip(values).SelectMany(field => Of($"{path}{name}.{field.First}", field.Second));
    }

    private static string Indexed(string path, int index)
        => string.Create(CultureInfo.InvariantCulture, $"{path}.{index}");
}
