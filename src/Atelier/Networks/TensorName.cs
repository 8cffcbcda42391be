using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Atelier.Networks;

/// <summary>A tensor name split into words and numbers, for comparing names.</summary>
internal sealed partial class TensorName
{
    private const int MaxDigits = 9;

    private readonly ImmutableArray<string> _parts;

    internal TensorName(string text)
    {
        _parts = [.. Parts().Matches(text).Select(match => match.Value)];
        Numbers = [.. _parts.Where(part => char.IsAsciiDigit(part[0])).Select(part =>
            part.Length <= MaxDigits ? int.Parse(part, CultureInfo.InvariantCulture) : int.MaxValue)];
        Pattern = $"{Digits().Replace(text, "#")} {Numbers.Length}";
        Place = PlaceIn(text);
    }

    /// <summary>The numbers in it, from left to right.</summary>
    internal ImmutableArray<int> Numbers { get; }

    /// <summary>The name with # in place of each number, and how many there are; tensors of the same kind share
    /// it.</summary>
    internal string Pattern { get; }

    /// <summary>The block and number of a convolution if the name contains them, as in conv3_1 and
    /// block3_conv1.</summary>
    internal (int Block, int Number)? Place { get; }

    /// <summary>Returns the number of leading words and numbers that two names share.</summary>
    internal int CommonParts(TensorName other)
        => _parts.Zip(other._parts).TakeWhile(pair => pair.First == pair.Second).Count();

    private static (int Block, int Number)? PlaceIn(string text)
    {
        Match match = BlockPlace().Matches(text).LastOrDefault() ?? CaffePlace().Matches(text).LastOrDefault()
            ?? Match.Empty;
        return match.Success ? (match.Groups["block"].Value[0] - '0', match.Groups["number"].Value[0] - '0') : null;
    }

    [GeneratedRegex("[0-9]+|[^0-9._/:-]+")]
    private static partial Regex Parts();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    [GeneratedRegex("block(?<block>[1-9])[^a-z0-9]*conv_?(?<number>[1-9])", RegexOptions.IgnoreCase)]
    private static partial Regex BlockPlace();

    [GeneratedRegex("conv(?<block>[1-9])[_-](?<number>[1-9])(?![0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex CaffePlace();
}
