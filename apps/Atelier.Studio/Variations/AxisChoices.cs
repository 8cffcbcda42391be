using System.Collections.Immutable;
using System.Globalization;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop.Variations;

namespace Atelier.Studio.Variations;

/// <summary>Something that can be varied.</summary>
/// <param name="Name">The name of an option, <c>style</c> for the artwork, or <c>preset</c>.</param>
/// <param name="Group">The group of the option; null for what is none.</param>
/// <param name="Words">All values, if they are words; otherwise empty.</param>
public sealed record AxisChoice(string Name, OptionGroup? Group, ImmutableArray<string> Words);

/// <summary>What can be varied, and values that are worth trying.</summary>
public static class AxisChoices
{
    // Values are rounded to this many digits, so that they can be read.
    private const int Digits = 2;

    // Names are offered up to this number.
    private const int MaxNames = 16;

    // Those of a draft are its own, and networks are not there before they are downloaded.
    private static readonly HashSet<string> Excluded = ["size", "network", "max-memory"];

    private static readonly OptionKind[] Kinds =
        [OptionKind.Number, OptionKind.Whole, OptionKind.Word, OptionKind.Switch];

    /// <summary>Lists what can be varied of a painting.</summary>
    public static IReadOnlyList<AxisChoice> Of(PaintingChoice basis, StudioFolder folder)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(folder);
        return
        [
            new AxisChoice(Variation.Style, null, NamesOf(basis, folder)),
            new AxisChoice(Variation.Preset, null, [.. Presets.Common]),
            .. StylizeOptionTable.All.Where(option => CanVary(option, basis.Artworks.Length))
                .Select(option => new AxisChoice(
                    option.Name, option.Group,
                    option.Kind is OptionKind.Word or OptionKind.Switch ? [.. option.Words] : [])),
        ];
    }

    /// <summary>Proposes values around the present one, which is among them.</summary>
    /// <param name="choice">What to vary.</param>
    /// <param name="basis">The painting.</param>
    /// <param name="count">How many values, 2 or more; there may be fewer.</param>
    public static Axis Propose(AxisChoice choice, PaintingChoice basis, int count)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(basis);
        string present = PresentOf(choice.Name, basis);
        ImmutableArray<string> values = choice.Words.Length > 0
            ? [.. choice.Words.OrderBy(word => word != present).Take(count).OrderBy(word => choice.Words.IndexOf(word))]
            : choice.Name == "style-weights"
                ? Shares(count)
                : Numbers(StylizeOptionTable.Get(choice.Name), basis.Options, count);
        return new Axis(choice.Name, values);
    }

    /// <summary>The present value of what is varied; empty if there is none.</summary>
    public static string PresentOf(string name, PaintingChoice basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        return name switch
        {
            Variation.Style => basis.Artworks is [StoredPicture artwork, ..] ? artwork.Name : "",
            Variation.Preset => basis.Preset,
            _ => StylizeOptionTable.Get(name).Show(basis.Options),
        };
    }

    private static bool CanVary(OptionDefinition<StylizeOptions> option, int artworks)
        => option.Name == "style-weights"
            ? artworks == 2
            : Kinds.Contains(option.Kind) && option.EmptyWord is null && !Excluded.Contains(option.Name)
                && option.Scope != OptionScope.WithoutContent;

    private static ImmutableArray<string> NamesOf(PaintingChoice basis, StudioFolder folder) =>
    [
        .. basis.Artworks.Concat(folder.List(PictureKind.Styles)).Concat(folder.List(PictureKind.Artworks))
            .Concat(Examples.List(PictureKind.Artworks)).Select(picture => picture.Name).Distinct().Take(MaxNames),
    ];

    /// <summary>Shares of two artworks, from the first alone to the second alone.</summary>
    private static ImmutableArray<string> Shares(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => Math.Round((double)i / (count - 1), 2))
            .Select(share => $"{Text(Math.Round(1 - share, 2))},{Text(share)}"),
    ];

    private static ImmutableArray<string> Numbers(
        OptionDefinition<StylizeOptions> option, StylizeOptions options, int count)
    {
        double present = OptionText.ParseNumber(option.Show(options));
        bool isWhole = option.Kind == OptionKind.Whole;
        IEnumerable<double> candidates = option.Range switch
        {
            null => Enumerable.Range(0, count).Select(i => present + i),
            { Min: 0, Max: 1 } => Spread(present, count),
            _ when present == 0 => Enumerable.Range(0, count).Select(i => i == 0 ? 0 : Math.Pow(2, i - 1)),
            _ => Enumerable.Range(-(count / 2), count).Select(i => present * Math.Pow(2, i)),
        };
        double[] values =
        [
            .. candidates
                .Select(value => value == present ? value
                    : isWhole ? Math.Round(value) : Significant.Round(value, Digits))
                .Where(value => option.Range?.Contains(value) != false).Distinct().Order(),
        ];
        return [.. values.Select(Text)];
    }

    /// <summary>Values from 0 to 1 at equal distances; the nearest gives way to the present one.</summary>
    private static IEnumerable<double> Spread(double present, int count)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => (double)i / (count - 1))];
        double nearest = values.MinBy(value => Math.Abs(value - present));
        return values.Select(value => value == nearest ? present : value);
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
