using System.Collections.Frozen;
using System.Reflection;

namespace Atelier.Studio.Storage;

/// <summary>Photographs and artworks to begin with, which the assembly contains.</summary>
public static class Examples
{
    private const string Prefix = "examples/";
    private static readonly Assembly Home = typeof(Examples).Assembly;
    private static readonly FrozenSet<StoredPicture> All =
        [.. List(PictureKind.Photographs), .. List(PictureKind.Artworks)];

    /// <summary>Lists the examples of a kind.</summary>
    public static IReadOnlyList<StoredPicture> List(PictureKind kind)
    {
        string prefix = PrefixOf(kind);
        return
        [
            .. Home.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal).Select(name => new StoredPicture(kind, name[prefix.Length..])),
        ];
    }

    /// <summary>Returns the bytes of an example; null if there is none of this name.</summary>
    public static byte[]? Read(PictureKind kind, string name)
    {
        using Stream? stream = Home.GetManifestResourceStream(PrefixOf(kind) + name);
        if (stream is null)
        {
            return null;
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The address of an example.</summary>
    public static string UrlOf(StoredPicture example)
    {
        ArgumentNullException.ThrowIfNull(example);
        return $"{PrefixOf(example.Kind)}{example.Name}";
    }

    /// <summary>The title of a picture: "Mountain lake" for the example mountain-lake.jpg, also when it has become a
    /// file of the folder, and its name for any other.</summary>
    public static string TitleOf(StoredPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (!All.Contains(picture))
        {
            return picture.Title;
        }

        string words = picture.Title.Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string PrefixOf(PictureKind kind) => $"{Prefix}{PictureKinds.NameOf(kind)}/";
}
