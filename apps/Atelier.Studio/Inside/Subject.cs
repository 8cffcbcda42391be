using Atelier.Studio.Storage;

namespace Atelier.Studio.Inside;

/// <summary>A picture that a figure is about: an example, or one of the person's own.</summary>
/// <param name="Picture">Its kind and name.</param>
/// <param name="IsExample">Whether the studio contains it; otherwise it is in the folder.</param>
public sealed record Subject(StoredPicture Picture, bool IsExample = true)
{
    private const string OfExamples = "examples", OfFolder = "pictures";

    /// <summary>The picture as a title.</summary>
    public string Title => IsExample ? Examples.TitleOf(Picture) : Picture.Title;

    /// <summary>The beginning of the addresses of everything that shows what is inside it.</summary>
    public string Address
        => $"inside/{(IsExample ? OfExamples : OfFolder)}/{PictureKinds.NameOf(Picture.Kind)}" +
            $"/{Uri.EscapeDataString(Picture.Name)}";

    /// <summary>Returns an example photograph.</summary>
    public static Subject Photograph(string name) => new(new StoredPicture(PictureKind.Photographs, $"{name}.jpg"));

    /// <summary>Returns an example artwork.</summary>
    public static Subject Artwork(string name) => new(new StoredPicture(PictureKind.Artworks, $"{name}.jpg"));

    /// <summary>Returns the subject of an address; null if its parts are not those of one. The picture may be
    /// missing.</summary>
    public static Subject? Parse(string origin, string kind, string name)
        => origin is OfExamples or OfFolder && PictureKinds.TryParse(kind, out PictureKind known)
            ? new Subject(new StoredPicture(known, name), origin == OfExamples)
            : null;

    /// <summary>Lists the examples of a kind, after the person's own choice.</summary>
    /// <param name="kind">Photographs or artworks.</param>
    /// <param name="own">Pictures that the person has chosen to paint.</param>
    public static IReadOnlyList<Subject> List(PictureKind kind, IEnumerable<StoredPicture> own)
    {
        StoredPicture[] examples = [.. Examples.List(kind)];
        return
        [
            .. own.Where(picture => picture.Kind == kind && !examples.Contains(picture))
                .Select(picture => new Subject(picture, IsExample: false)),
            .. examples.Select(example => new Subject(example)),
        ];
    }
}
