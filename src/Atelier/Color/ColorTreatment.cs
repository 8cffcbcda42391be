using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;

namespace Atelier.Color;

/// <summary>What <see cref="StylizeOptions.Color"/> does to the pictures before a run, and to the painting
/// after it.</summary>
internal sealed class ColorTreatment
{
    private readonly ColorKind _kind;
    private readonly ColorMatchKind _match;
    private readonly double _amount;
    private readonly Picture? _content;
    private readonly Picture? _palette;
    private readonly Mask? _where;
    private readonly Lazy<Func<Picture, Picture>>? _toPalette;

    /// <param name="options">Whose colors are wanted, and how much.</param>
    /// <param name="content">The photograph; may be null where its colors are not needed.</param>
    /// <param name="palette">The picture whose colors stand in for the photograph's; null for its own.</param>
    /// <param name="where">Where colors are put back; null for everywhere.</param>
    /// <exception cref="OptionsException">A picture is missing, or there is one that is not used.</exception>
    internal ColorTreatment(StylizeOptions options, Picture? content, Picture? palette, Picture? where = null)
    {
        if (palette is not null && options.Color == ColorKind.Style)
        {
            throw new OptionsException(new Problem(
                "palette", "is given, but color is style, which uses none",
                "take color match, luminance or content, or leave the palette out")
            {
                Subject = "a palette",
            });
        }

        if (where is not null && options.Color != ColorKind.Content)
        {
            throw new OptionsException(new Problem(
                "color-mask", $"is given, but color is {OptionWords.Of(options.Color)}",
                "only color content, which is put back after painting, can keep to a place")
            {
                Subject = "a color mask",
            });
        }

        (_kind, _match, _amount) = (options.ColorAmount == 0 ? ColorKind.Style : options.Color, options.ColorMatch,
            options.ColorAmount);
        (_content, _palette, _where) = (content, palette, where is null ? null : Mask.Of(where));
        bool recolorsAfterContent = _kind == ColorKind.Luminance || (_kind == ColorKind.Match && palette is null);
        if (content is null && recolorsAfterContent && options.StyleWeight > 0)
        {
            throw new OptionsException(new Problem(
                "color", $"is {OptionWords.Of(options.Color)}, but there is no content picture whose colors to take",
                "name one, or take color match and a palette"));
        }

        _toPalette = palette is null ? null : new(() => Recoloring.Map(content!, palette, _match));
    }

    private ColorTreatment(ColorTreatment first, Picture content)
    {
        (_kind, _match, _amount) = (first._kind, first._match, first._amount);
        (_content, _palette, _where, _toPalette) = (content, first._palette, first._where, first._toPalette);
    }

    /// <summary>The photograph as the run is to see it.</summary>
    internal Picture? Content => _content is not null && _kind == ColorKind.Luminance
        ? Recoloring.Blend(_content, Luminance.Gray(_content), _amount)
        : _content;

    /// <summary>The styles as the run is to see them.</summary>
    internal ImmutableArray<Style> Recolor(IEnumerable<Style> styles)
    {
        Lazy<Picture> gray = new(() => Luminance.Gray(_content!));
        Picture Recolor(Picture artwork) => _kind == ColorKind.Luminance
            ? Recoloring.Blend(artwork, Luminance.GrayLike(artwork, gray.Value), _amount)
            : Recoloring.Apply(artwork, _palette ?? _content!, _match, _amount);
        return [.. styles.Select(style => RecolorsStyles(_kind) ? Recolor(style.Picture!) : style)];
    }

    /// <summary>The treatment of a later frame of the same scene: where a palette is matched, by the map of this
    /// one, for a map of its own would flicker.</summary>
    internal ColorTreatment Of(Picture frame) => new(this, frame);

    /// <summary>Why styles cannot be recolored, all reasons; empty when they can or need not.</summary>
    internal static IEnumerable<Problem> ProblemsWith(StylizeOptions options, IEnumerable<Style> styles)
        => RecolorsStyles(options.ColorAmount == 0 ? ColorKind.Style : options.Color)
            ? styles.Index().Where(style => style.Item.Picture is null).Select(style => new Problem(
                "style", $"has no picture to recolor, as color {OptionWords.Of(options.Color)} would",
                "take color content, or the artwork itself")
            {
                Subject = $"style file {style.Index + 1}",
            })
            : [];

    /// <summary>The painting, of any size, with the colors that it is to have.</summary>
    internal Picture Finish(Picture painted)
    {
        if (_kind is ColorKind.Style or ColorKind.Match)
        {
            return painted;
        }

        Picture palette = _toPalette is null ? _content! : _toPalette.Value(_content!);
        Picture colors = Resampler.Resize(palette, painted.Width, painted.Height);
        Picture recolored = Recoloring.Blend(painted, Luminance.Join(colors, painted), _amount);
        return _where is null ? recolored : Mixed(painted, recolored, _where.Resize(painted.Height, painted.Width));
    }

    private static bool RecolorsStyles(ColorKind kind) => kind is ColorKind.Luminance or ColorKind.Match;

    private static Picture Mixed(Picture painted, Picture recolored, Mask where)
        => PlanarPicture.From(painted).Mix(PlanarPicture.From(recolored), where.Values).ToPicture();
}
