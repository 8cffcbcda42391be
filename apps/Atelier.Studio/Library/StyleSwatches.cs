using System.Collections.Concurrent;
using Atelier.Primitives;
using Atelier.Recipes;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Library;

/// <summary>What style files look like: a texture of each, painted once and then kept in a folder beside the
/// others.</summary>
/// <param name="look">Paints them.</param>
/// <param name="folder">The studio's folder.</param>
public sealed class StyleSwatches(StyleLook look, StudioFolder folder)
{
    private const int MaxHashes = 1000;

    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> _painting = new();
    private readonly ConcurrentDictionary<(string Path, DateTime Time, long Bytes), string> _hashes = new();

    private string FullPath => Path.Combine(folder.FullPath, "swatches");

    /// <summary>Returns the texture of a style file, as a JPEG. One that was not painted yet is painted when nothing
    /// else is.</summary>
    /// <exception cref="AtelierException">The file is gone or damaged, or its network is not there.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The studio ends.</exception>
    public async Task<byte[]> GetAsync(StoredPicture style)
    {
        // By contents, so that a file keeps its texture when it is renamed.
        string path = Path.Combine(FullPath, $"{HashOf(style)[..16]}.jpg");
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

    private string HashOf(StoredPicture style)
    {
        FileInfo file = new(folder.PathOf(style));
        if (_hashes.Count > MaxHashes)
        {
            _hashes.Clear();
        }

        return _hashes.GetOrAdd(
            (file.FullName, file.LastWriteTimeUtc, file.Length),
            key => RecipePicture.Create(style.Name, File.ReadAllBytes(key.Path)).Sha256!);
    }

    private async Task<byte[]> PaintAsync(StoredPicture style, string path)
    {
        byte[] jpeg = await look.PaintTextureAsync(style, CancellationToken.None);
        Directory.CreateDirectory(FullPath);
        AtomicFile.Write(path, stream => stream.Write(jpeg));
        return jpeg;
    }
}
