using System.Reflection;

namespace Atelier.Studio.Storage;

/// <summary>Photographs and artworks to begin with, which the assembly contains.</summary>
public static class Examples
{
    private const string Prefix = "examples/";
    private static readonly Assembly Home = typeof(Examples).Assembly;

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

    /// <summary>The name of an example as a title: "Mountain lake" for mountain-lake.jpg.</summary>
    public static string TitleOf(StoredPicture example)
    {
        ArgumentNullException.ThrowIfNull(example);
        string words = example.Title.Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string PrefixOf(PictureKind kind) => $"{Prefix}{PictureKinds.NameOf(kind)}/";
}
