using System.Collections.Immutable;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Styles;

namespace Atelier;

/// <summary>A request to paint a picture: the input pictures and the options.</summary>
public sealed partial record StylizeRequest
{
    /// <summary>The photograph; null for a texture, which is painted from style alone.</summary>
    public required Picture? Content { get; init; }

    /// <summary>The artworks or style files; at least one, unless the style weight is 0.</summary>
    public required ImmutableArray<Style> Styles { get; init; }

    /// <summary>All options.</summary>
    public StylizeOptions Options { get; init; } = StylizeOptions.Default;

    /// <summary>Masks and regions: where styles apply, which part of each is used, and what is preserved.</summary>
    public SpatialGuides Guides { get; init; } = SpatialGuides.None;

    /// <summary>The initial picture, for <see cref="InitKind.File"/>; resized as needed.</summary>
    public Picture? Initial { get; init; }

    /// <summary>The picture whose colors are used instead of the photograph's, where <see cref="StylizeOptions.Color"/>
    /// uses those; null uses the photograph's own.</summary>
    public Picture? Palette { get; init; }

    /// <summary>Changes of the options while the picture is painted, in the order of their iterations; empty for none.
    /// A <see cref="StylizeSession"/> makes such changes live.</summary>
    public ImmutableArray<StylizeChange> Changes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Where checkpoints are saved and resumed from; null for no checkpoints.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Whether a picture is painted. Evaluation and extraction use no initial picture and preserve no
    /// pixels.</summary>
    internal bool IsPainted { get; init; } = true;

    /// <summary>Whether the photograph may be wholly transparent, as frames of a video may.</summary>
    internal bool MayBeInvisible { get; init; }

    /// <summary>A size with the aspect ratio of the result: that of the photograph, or one derived from the
    /// options.</summary>
    internal (int Width, int Height) FullSize
    {
        get
        {
            if (Content is not null)
            {
                return (Content.Width, Content.Height);
            }

            int side = Options.Size ?? Styles.Select(LongSide).FirstOrDefault();
            double aspect = Options.Aspect;
            return (Math.Max(1, (int)Math.Round(Math.Min(side, side * aspect))),
                Math.Max(1, (int)Math.Round(Math.Min(side, side / aspect))));
        }
    }

    /// <summary>Returns the request as it is after a change.</summary>
    internal StylizeRequest After(StylizeChange change)
        => this with { Options = change.Options, Guides = change.Guides ?? Guides };

    /// <summary>The size of the result.</summary>
    internal (int Width, int Height) ResultSize
    {
        get
        {
            (int width, int height) = FullSize;
            int side = Options.Scales.IsEmpty ? Options.Size ?? Math.Max(width, height) : Options.Scales[^1];
            return Resampler.Fit(width, height, side);
        }
    }

    private static int LongSide(Style style)
        => style.Picture is Picture artwork ? Math.Max(artwork.Width, artwork.Height) : style.Statistics!.Sizes[^1];
}
