using System.Collections.Immutable;
using System.Diagnostics;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;

namespace Atelier.Color;

/// <summary>What <see cref="StylizeOptions.Color"/> does to the pictures before a run, and to the painting
/// after it.</summary>
internal sealed class ColorTransfer
{
    private readonly ColorKind _kind;
    private readonly ColorMatchKind _match;
    private readonly double _amount;
    private readonly Picture? _content;
    private readonly Picture? _palette;
    private readonly Mask? _where;
    private readonly Lazy<Func<Picture, Picture>>? _toPalette;

    /// <param name="options">The color options.</param>
    /// <param name="content">The photograph; may be null if its colors are not needed.</param>
    /// <param name="palette">The picture whose colors are used instead of the photograph's; null uses its own.</param>
    /// <param name="where">Where colors are restored; null means everywhere.</param>
    internal ColorTransfer(StylizeOptions options, Picture? content, Picture? palette, Picture? where = null)
    {
        (_kind, _match, _amount) = (options.ColorAmount == 0 ? ColorKind.Style : options.Color, options.ColorMatch,
            options.ColorAmount);
        (_content, _palette, _where) =
            (content?.InGamut, palette?.Visible.InGamut, where is null ? null : Mask.FromPicture(where));
        _toPalette = _palette is null ? null : new(() => Recoloring.Map(_content!, _palette, _match));
    }

    private ColorTransfer(ColorTransfer first, Picture content, Picture? where)
    {
        (_kind, _match, _amount) = (first._kind, first._match, first._amount);
        (_content, _palette, _toPalette) = (content.InGamut, first._palette, first._toPalette);
        _where = where is null ? null : Mask.FromPicture(where);
    }

    /// <summary>The photograph as used by the run.</summary>
    internal Picture? Content => field ??= _content is not null && _kind == ColorKind.Luminance
        ? Recoloring.Blend(_content, Luminance.Gray(_content), _amount)
        : _content;

    /// <summary>Returns the styles as used by the run.</summary>
    internal ImmutableArray<Style> Recolor(IEnumerable<Style> styles)
    {
        Lazy<Picture> gray = new(() => Luminance.Gray(_content!));
        Picture Recolor(Picture artwork) => _kind == ColorKind.Luminance
            ? Recoloring.Blend(artwork, Luminance.GrayLike(artwork, gray.Value), _amount)
            : Recoloring.Blend(artwork, Recoloring.Map(artwork, _palette ?? _content!, _match)(artwork), _amount);
        return [.. styles.Select(style => RecolorsStyles(_kind) ? Recolor(style.Picture!) : style)];
    }

    /// <summary>Returns the color transfer for a later frame of the same scene. A matched palette reuses the color map
    /// of this frame, because a separate map for each frame would flicker.</summary>
    internal ColorTransfer ForFrame(Picture frame, Picture? where) => new(this, frame, where);

    /// <summary>Returns every reason why the color options cannot be applied to these pictures; empty if they
    /// can.</summary>
    internal static IEnumerable<Problem> ProblemsWith(
        StylizeOptions options, IReadOnlyList<Style> styles, Picture? content, Picture? palette, Picture? where)
    {
        string color = OptionValues.Format(options.Color);
        if (palette is not null && options.Color == ColorKind.Style)
        {
            yield return new Problem(
                "palette", "is given, but color is style, which uses none",
                "use color match, luminance or content, or leave the palette out")
            {
                Subject = "a palette",
            };
        }

        if (where is not null && options.Color != ColorKind.Content)
        {
            yield return new Problem(
                "color-mask", $"is given, but color is {color}",
                "only color content, which is applied after painting, can be limited by a mask")
            {
                Subject = "a color mask",
            };
        }

        bool isMatchedToNothing = options.Color == ColorKind.Match && palette is null && styles.Count > 0;
        if (content is null && (options.Color is ColorKind.Luminance or ColorKind.Content || isMatchedToNothing))
        {
            yield return new Problem(
                "color", $"is {color}, but there is no content picture to take the colors from",
                "give one, or use color match with a palette");
        }

        for (int i = 0; i < styles.Count && options.ColorAmount > 0 && RecolorsStyles(options.Color); i++)
        {
            if (styles[i].Picture is null)
            {
                yield return new Problem(
                    "style", $"has no picture to recolor, which color {color} requires",
                    "use color content, or the artwork itself")
                {
                    Subject = $"style file {i + 1}",
                };
            }
        }
    }

    /// <summary>Returns the painting, of any size, with its final colors.</summary>
    internal Picture Finish(Picture painted)
    {
        if (_kind is ColorKind.Style or ColorKind.Match)
        {
            return painted;
        }

        Picture palette = _toPalette is null ? _content! : _toPalette.Value(_content!);
        Picture colors = PlanarPicture.From(palette, painted.Height, painted.Width).Clamp().ToPicture();
        Picture recolored = Recoloring.Blend(painted, Luminance.Join(colors, painted), _amount);
        return _where is null ? recolored : Mixed(painted, recolored, _where.Resize(painted.Height, painted.Width));
    }

    private static bool RecolorsStyles(ColorKind kind) => kind switch
    {
        ColorKind.Luminance or ColorKind.Match => true,
        ColorKind.Style or ColorKind.Content => false,
        _ => throw new UnreachableException($"There are no colors {kind}."),
    };

    private static Picture Mixed(Picture painted, Picture recolored, Mask where)
        => PlanarPicture.From(painted).Mix(PlanarPicture.From(recolored), where.Values).ToPicture();
}
