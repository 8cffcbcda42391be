using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Library;

/// <summary>Artworks and style files with their shares. A negative share leads away from its style.</summary>
public sealed record Blend
{
    /// <summary>The artworks and style files, in order.</summary>
    public ImmutableArray<StoredPicture> Styles { get; private init; } = [];

    /// <summary>Their shares, of which only the ratios matter.</summary>
    public ImmutableArray<double> Shares { get; init; } = [];

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Styles.IsEmpty;

    /// <summary>Whether the shares are those that options mean without weights.</summary>
    public bool IsEqual => Shares.All(share => share == Shares[0]) && Shares is [> 0, ..];

    /// <summary>Why the shares cannot be used; null if they can.</summary>
    public string? Problem
        => new StylizeOptions { StyleWeights = Weights }.Validate(Styles.Length) is [Problem first, ..]
            ? first.ToString()
            : null;

    private ImmutableArray<double> Weights => IsEmpty || IsEqual ? [] : Shares;

    /// <summary>Returns the artworks and style files of a choice.</summary>
    public static Blend Of(PaintingChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ImmutableArray<double> weights = choice.Options.StyleWeights;
        return new Blend
        {
            Styles = choice.Artworks,
            Shares = weights.Length == choice.Artworks.Length ? weights : [.. choice.Artworks.Select(_ => 1.0)],
        };
    }

    /// <summary>Whether a style is in it.</summary>
    public bool Has(StoredPicture style) => Styles.Contains(style);

    /// <summary>Returns it with a style, whose share is 1, or without it if it has it.</summary>
    public Blend Toggle(StoredPicture style) => Has(style) ? Without(style) : this with
    {
        Styles = Styles.Add(style),
        Shares = Shares.Add(1),
    };

    /// <summary>Returns it without a style.</summary>
    public Blend Without(StoredPicture style)
    {
        int index = Styles.IndexOf(style);
        return index < 0 ? this : this with { Styles = Styles.RemoveAt(index), Shares = Shares.RemoveAt(index) };
    }

    /// <summary>Returns it with a style under another name.</summary>
    public Blend Replace(StoredPicture style, StoredPicture by)
        => Has(style) ? this with { Styles = Styles.Replace(style, by) } : this;

    /// <summary>Returns a choice with these styles. Masks of other artworks do not belong to them.</summary>
    public PaintingChoice ApplyTo(PaintingChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return choice with
        {
            Artworks = Styles,
            Masks = Styles.SequenceEqual(choice.Artworks) ? choice.Masks : choice.Masks.WithoutArtworks,
            Options = choice.Options with { StyleWeights = Weights },
        };
    }
}
