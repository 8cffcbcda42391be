using Atelier.Imaging;

namespace Atelier.Guides;

/// <summary>A mask that says where in the result a style applies.</summary>
public sealed class StyleMask
{
    private StyleMask(string name, Picture? picture, string? title = null)
        => (Name, Picture, Title) = (name, picture, title);

    /// <summary>Everywhere; its name is <c>all</c>.</summary>
    public static StyleMask All { get; } = new("all", null);

    /// <summary>Everything that the other styles' masks leave uncovered: 1 minus their sum, at least 0; its name is
    /// <c>rest</c>.</summary>
    public static StyleMask Rest { get; } = new("rest", null);

    /// <summary>The name of a predefined mask; empty for a picture.</summary>
    public string Name { get; }

    internal Picture? Picture { get; }

    /// <summary>The name used in warnings; null uses the numbers of its styles.</summary>
    internal string? Title { get; }

    /// <summary>Creates a mask from a picture: 1 where it is white, 0 where it is black or transparent. The mask is
    /// stretched over the result, so the size of the picture does not matter.</summary>
    public static StyleMask FromPicture(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return new StyleMask("", picture);
    }

    /// <summary>Creates a mask from a picture, with a name for warnings.</summary>
    internal static StyleMask FromPicture(Picture picture, string title) => new("", picture, title);

    /// <summary>Returns the predefined mask with this name (<c>all</c> or <c>rest</c>); null if there is none, so that
    /// the text is a path.</summary>
    public static StyleMask? FromName(string word) => word == All.Name ? All : word == Rest.Name ? Rest : null;

    /// <summary>Whether two masks cover the same area.</summary>
    internal bool Matches(StyleMask other)
    {
        if (Picture is null || other.Picture is null)
        {
            return this == other;
        }

        return (Picture.Width, Picture.Height) == (other.Picture.Width, other.Picture.Height)
            && Mask.FromPicture(Picture).Values.AsSpan().SequenceEqual(Mask.FromPicture(other.Picture).Values);
    }
}
