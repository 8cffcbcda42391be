using System.Collections.Immutable;
using System.Globalization;
using Atelier.Guides;
using Atelier.Options;
using Atelier.Studio.Storage;
using Atelier.Workshop.Inputs;

namespace Atelier.Studio.Painting;

/// <summary>What a mask is for.</summary>
public enum MaskRole
{
    /// <summary>Where an artwork acts.</summary>
    Style,

    /// <summary>What of the photograph is preserved.</summary>
    Preserve,

    /// <summary>Where the photograph's colors are restored.</summary>
    Color,
}

/// <summary>The place of a mask among those of a painting.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Artwork">The index of the artwork; 0 for the other roles.</param>
public readonly record struct MaskSlot(MaskRole Role, int Artwork = 0);

/// <summary>A mask of a painting.</summary>
/// <param name="Picture">The mask, a gray picture.</param>
/// <param name="Strength">How much of it acts, above 0 up to 1.</param>
public sealed record PaintingMask(StoredPicture Picture, double Strength = 1);

/// <summary>Label pictures that pair regions of the photograph with those of the artworks.</summary>
/// <param name="Content">That of the photograph.</param>
/// <param name="Styles">That of each artwork.</param>
public sealed record PairedRegions(StoredPicture Content, ImmutableArray<StoredPicture> Styles);

/// <summary>The masks and regions of a painting.</summary>
public sealed record PaintingMasks
{
    /// <summary>No masks.</summary>
    public static PaintingMasks None { get; } = new();

    /// <summary>The mask of each artwork, null where it has none; empty if no artwork has one.</summary>
    public ImmutableArray<PaintingMask?> Styles { get; init; } = [];

    /// <summary>Whether artworks without a mask act everywhere if others have one; otherwise only where those leave
    /// room.</summary>
    public bool OthersEverywhere { get; init; }

    /// <summary>What of the photograph is preserved; null for nothing.</summary>
    public PaintingMask? Preserve { get; init; }

    /// <summary>Where colors are restored, if they are; null means everywhere.</summary>
    public PaintingMask? Color { get; init; }

    /// <summary>The paired regions; null for none.</summary>
    public PairedRegions? Regions { get; init; }

    /// <summary>How many regions are found automatically when the painting begins, if there are no pairs; null for
    /// none.</summary>
    public int? AutoRegions { get; init; }

    /// <summary>All pictures.</summary>
    public IEnumerable<StoredPicture> Pictures
        =>
        [
            .. Styles.Append(Preserve).Append(Color).OfType<PaintingMask>().Select(mask => mask.Picture),
            .. Regions is null ? [] : Regions.Styles.Prepend(Regions.Content),
        ];

    /// <summary>Whether an artwork has a mask.</summary>
    public bool HasStyleMask => Styles.Any(mask => mask is not null);

    /// <summary>The mask of a slot; null if there is none.</summary>
    public PaintingMask? this[MaskSlot slot] => slot.Role switch
    {
        MaskRole.Style => slot.Artwork < Styles.Length ? Styles[slot.Artwork] : null,
        MaskRole.Preserve => Preserve,
        MaskRole.Color => Color,
        _ => throw new ArgumentOutOfRangeException(nameof(slot), slot, "There is no such role."),
    };

    /// <summary>Returns the masks with another one in a slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="mask">The mask; null for none.</param>
    /// <param name="artworks">Number of artworks.</param>
    public PaintingMasks With(MaskSlot slot, PaintingMask? mask, int artworks) => slot.Role switch
    {
        MaskRole.Style => this with { Styles = Sized(artworks).SetItem(slot.Artwork, mask) },
        MaskRole.Preserve => this with { Preserve = mask },
        MaskRole.Color => this with { Color = mask },
        _ => throw new ArgumentOutOfRangeException(nameof(slot), slot, "There is no such role."),
    };

    /// <summary>Returns the masks without those that belong to another number of artworks.</summary>
    internal PaintingMasks Fitting(int artworks) => this with
    {
        Styles = Styles.Length == artworks ? Styles : [],
        Regions = Regions?.Styles.Length == artworks ? Regions : null,
    };

    /// <summary>Returns the masks for one more artwork. Paired regions end, because it has none.</summary>
    internal PaintingMasks WithArtwork(int artworks) => this with { Styles = Sized(artworks), Regions = null };

    /// <summary>Returns the masks without those of an artwork.</summary>
    internal PaintingMasks WithoutArtwork(int artwork) => this with
    {
        Styles = artwork < Styles.Length ? Styles.RemoveAt(artwork) : Styles,
        Regions = Regions is PairedRegions regions && regions.Styles.Length > 1
            ? regions with { Styles = regions.Styles.RemoveAt(artwork) }
            : null,
    };

    /// <summary>The masks without those of all artworks, for others in place of them.</summary>
    internal PaintingMasks WithoutArtworks
        => this with { Styles = [], OthersEverywhere = false, Regions = null, AutoRegions = null };

    /// <summary>Returns the guides as paths. A mask that acts less than wholly becomes a file of its own, so that a
    /// recipe can name it.</summary>
    /// <param name="folder">Where the masks are.</param>
    /// <param name="options">The options; a color mask acts only where they restore colors.</param>
    /// <exception cref="AtelierException">A mask is gone, or no picture any more.</exception>
    /// <exception cref="IOException">A mask cannot be read, or a file cannot be written.</exception>
    public GuidePaths PathsIn(StudioFolder folder, StylizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        string? PathOf(PaintingMask? mask) => mask is null ? null : folder.PathOf(Weakened(mask, folder));
        string elsewhere = (OthersEverywhere ? StyleMask.All : StyleMask.Rest).Name;
        return new GuidePaths
        {
            Masks = HasStyleMask ? [.. Styles.Select(mask => PathOf(mask) ?? elsewhere)] : [],
            Preserve = PathOf(Preserve),
            ColorMask = options.Color == ColorKind.Content ? PathOf(Color) : null,
            Labels = Regions is not null ? folder.PathOf(Regions.Content)
                : AutoRegions is int count ? LabelSources.WordOf(count)
                : null,
            StyleLabels = [.. (Regions?.Styles ?? []).Select(folder.PathOf)],
        };
    }

    private static StoredPicture Weakened(PaintingMask mask, StudioFolder folder)
    {
        if (mask.Strength >= 1)
        {
            return mask.Picture;
        }

        string name = string.Create(CultureInfo.InvariantCulture,
            $"{mask.Picture.Title} {mask.Strength * 100:0} percent.png");
        return folder.PassingMasks.Add(
            name, MaskFile.Weaken(File.ReadAllBytes(folder.PathOf(mask.Picture)), mask.Strength));
    }

    private ImmutableArray<PaintingMask?> Sized(int artworks)
        => [.. Enumerable.Range(0, artworks).Select(i => this[new MaskSlot(MaskRole.Style, i)])];
}
