using System.Collections.Concurrent;
using Atelier.Primitives;
using Atelier.Recipes;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Library;

/// <summary>What style files look like: a texture of each, painted once and then kept in a folder beside the
/// others.</summary>
/// <param name="look">Paints them.</param>
/// <param name="folder">The studio's folder.</param>
public sealed class StyleSwatches(StyleLook look, StudioFolder folder)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> _painting = new();

    private string FullPath => Path.Combine(folder.FullPath, "swatches");

    /// <summary>Returns the texture of a style file, as a JPEG.</summary>
    /// <exception cref="AtelierException">The file is gone or damaged, or its network is not there.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The studio ends.</exception>
    public async Task<byte[]> GetAsync(StoredPicture style)
    {
        // By contents, so that a file keeps its texture when it is renamed.
        string hash = RecipePicture.Create(style.Name, File.ReadAllBytes(folder.PathOf(style))).Sha256!;
        string path = Path.Combine(FullPath, $"{hash[..16]}.jpg");
        if (File.Exists(path))
        {
            return File.ReadAllBytes(path);
        }

        // Several pages may ask at once.
        Lazy<Task<byte[]>> painting = _painting.GetOrAdd(path, _ => new(() => PaintAsync(style, path)));
        try
        {
            return await painting.Value;
        }
        finally
        {
            _painting.TryRemove(path, out _);
        }
    }

    private async Task<byte[]> PaintAsync(StoredPicture style, string path)
    {
        byte[] jpeg = await look.PaintAsync(new Blend().Toggle(style), new PaintingChoice(), CancellationToken.None);
        Directory.CreateDirectory(FullPath);
        AtomicFile.Write(path, stream => stream.Write(jpeg));
        return jpeg;
    }
}
