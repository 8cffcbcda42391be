using System.Collections.Immutable;
using Atelier.Imaging;

namespace Atelier.Benchmarks;

/// <summary>A photograph and an artwork, and perhaps a published painting of them.</summary>
internal sealed record PicturePair(string Name, Picture Content, Picture Style, Picture? Published)
{
    private static readonly string[] Extensions = [".png", ".jpg"];

    /// <summary>Each photograph of the examples with each of their artworks.</summary>
    internal static ImmutableArray<PicturePair> Examples(string root)
    {
        string[] Files(string folder)
            => [.. Directory.GetFiles(Path.Combine(root, "examples", folder), "*.png").Order(StringComparer.Ordinal)];
        static string Name(string path) => Path.GetFileNameWithoutExtension(path);
        return [.. Files("photos").SelectMany(photo => Files("artworks").Select(artwork => new PicturePair(
            $"{Name(photo)} {Name(artwork)}", PictureFile.Load(photo), PictureFile.Load(artwork), null)))];
    }

    /// <summary>The pairs of a folder that has a folder for each.</summary>
    internal static ImmutableArray<PicturePair> InFolder(string folder)
        => [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(pair =>
        {
            Picture? Load(string name)
                => Extensions.Select(extension => Path.Combine(pair, name + extension)).FirstOrDefault(File.Exists)
                    is string path ? PictureFile.Load(path) : null;
            Picture Require(string name) => Load(name)
                ?? throw new FileNotFoundException($"{pair} has no {name}.png and no {name}.jpg.");
            return new PicturePair(Path.GetFileName(pair), Require("content"), Require("style"), Load("published"));
        })];
}
