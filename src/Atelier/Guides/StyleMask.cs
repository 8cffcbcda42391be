using Atelier.Imaging;

namespace Atelier.Guides;

/// <summary>Where in the result a style acts.</summary>
public sealed class StyleMask
{
    private StyleMask(string name, Picture? picture, string? title = null)
        => (Name, Picture, Title) = (name, picture, title);

    /// <summary>Everywhere; <c>all</c> on the command line and in recipes.</summary>
    public static StyleMask All { get; } = new("all", null);

    /// <summary>Where the masks of the other styles leave something: 1 less their sum, not below 0; <c>rest</c> on the
    /// command line and in recipes.</summary>
    public static StyleMask Rest { get; } = new("rest", null);

    /// <summary>Its word; empty for a picture.</summary>
    public string Name { get; }

    internal Picture? Picture { get; }

    /// <summary>What to call it in warnings; null for the numbers of its styles.</summary>
    internal string? Title { get; }

    /// <summary>Where a picture is bright: fully where it is white, not where it is black or transparent. It is spread
    /// over the result, so its size does not matter.</summary>
    public static StyleMask Of(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return new StyleMask("", picture);
    }

    /// <summary>The same with something to call it.</summary>
    internal static StyleMask Of(Picture picture, string title) => new("", picture, title);

    /// <summary>The mask that a word stands for; null when it is not a word but a file.</summary>
    public static StyleMask? OfWord(string word) => word == All.Name ? All : word == Rest.Name ? Rest : null;

    /// <summary>Whether two masks mean the same places.</summary>
    internal bool Matches(StyleMask other)
    {
        if (Picture is null || other.Picture is null)
        {
            return this == other;
        }

        return (Picture.Width, Picture.Height) == (other.Picture.Width, other.Picture.Height)
            && Mask.Of(Picture).Values.AsSpan().SequenceEqual(Mask.Of(other.Picture).Values);
    }
}
