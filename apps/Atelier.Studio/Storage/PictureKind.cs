namespace Atelier.Studio.Storage;

/// <summary>What a picture is for. Each kind has a folder of its own.</summary>
public enum PictureKind
{
    /// <summary>Photographs to paint.</summary>
    Photographs,

    /// <summary>Artworks that show how.</summary>
    Artworks,

    /// <summary>Paintings.</summary>
    Results,

    /// <summary>Masks.</summary>
    Masks,

    /// <summary>Style files.</summary>
    Styles,

    /// <summary>Clips to paint.</summary>
    Clips,

    /// <summary>Painted clips.</summary>
    Videos,
}

/// <summary>The names of the kinds, in folders and addresses.</summary>
public static class PictureKinds
{
    /// <summary>Returns the name of a kind, such as <c>photographs</c>.</summary>
    public static string NameOf(PictureKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Finds the kind of a name.</summary>
    public static bool TryParse(string? name, out PictureKind kind)
    {
        foreach (PictureKind each in Enum.GetValues<PictureKind>())
        {
            if (NameOf(each) == name)
            {
                kind = each;
                return true;
            }
        }

        kind = default;
        return false;
    }
}

/// <summary>A picture in the studio's folder.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">Name of its file, without folders.</param>
public sealed record StoredPicture(PictureKind Kind, string Name)
{
    /// <summary>The name as a title: without extension.</summary>
    public string Title => Path.GetFileNameWithoutExtension(Name);

    /// <summary>The address of the picture, for which a browser asks.</summary>
    public string Url => $"pictures/{PictureKinds.NameOf(Kind)}/{Uri.EscapeDataString(Name)}";

    /// <summary>The address of the picture at the size of a thumbnail.</summary>
    public string ThumbnailUrl => $"{Url}/thumbnail";

    /// <summary>The address of the picture at the size of a screen.</summary>
    public string ViewUrl => $"{Url}/view";
}
