using System.Collections.Immutable;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Styles;

namespace Atelier;

/// <summary>What is to be painted: the pictures and the options.</summary>
public sealed partial record StylizeRequest
{
    /// <summary>The photograph; null for a texture, which is made of style alone.</summary>
    public required Picture? Content { get; init; }

    /// <summary>The artworks, or what style files keep of them; one or more, unless the style weight is 0.</summary>
    public required ImmutableArray<Style> Styles { get; init; }

    /// <summary>All options.</summary>
    public StylizeOptions Options { get; init; } = StylizeOptions.Default;

    /// <summary>Where styles act, what is taken of them, and what stays as it is.</summary>
    public SpatialGuides Guides { get; init; } = SpatialGuides.None;

    /// <summary>The picture to start from, for <see cref="InitKind.File"/>; resized as needed.</summary>
    public Picture? Initial { get; init; }

    /// <summary>The picture whose colors stand in for the photograph's, where <see cref="StylizeOptions.Color"/> takes
    /// those; null for the photograph's own.</summary>
    public Picture? Palette { get; init; }

    /// <summary>Where the run's state is kept and taken up from; null keeps none.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Whether a picture is to be made of it. Where pictures are judged or measured only, nothing is started
    /// from, and nothing kept.</summary>
    internal bool IsPainted { get; init; } = true;

    /// <summary>A size of the result's shape: the photograph's, or one that the options describe.</summary>
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

    private static int LongSide(Style style)
        => style.Picture is Picture artwork ? Math.Max(artwork.Width, artwork.Height) : style.Statistics!.Sizes[^1];
}
