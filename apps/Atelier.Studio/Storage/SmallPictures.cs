using System.Collections.Concurrent;
using Atelier.Imaging;

namespace Atelier.Studio.Storage;

/// <summary>Pictures at the size of thumbnails and screens, as JPEG, kept in memory.</summary>
public sealed class SmallPictures
{
    /// <summary>Long side of a thumbnail, in pixels.</summary>
    public const int ThumbnailSide = 320;

    /// <summary>Long side of a picture that fills a screen, in pixels.</summary>
    public const int ViewSide = 2048;

    private const long MaxBytes = 64_000_000;
    private readonly ConcurrentDictionary<(string Path, DateTime Time, int Side), Lazy<byte[]>> _made = new();
    private readonly Lock _decoding = new();

    /// <summary>Returns a picture, not larger than it is.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="side">Long side, in pixels.</param>
    /// <exception cref="ImageFormatException">It is not a picture.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[] Get(string path, int side)
    {
        (string, DateTime, int) key = (path, File.GetLastWriteTimeUtc(path), side);
        try
        {
            return _made.GetOrAdd(key, _ => new Lazy<byte[]>(() => Make(path, side))).Value;
        }
        catch
        {
            _made.TryRemove(key, out _);
            throw;
        }
    }

    private byte[] Make(string path, int side)
    {
        // One at a time: a large photograph takes hundreds of megabytes while it is decoded.
        lock (_decoding)
        {
            if (_made.Values.Where(each => each.IsValueCreated).Sum(each => (long)each.Value.Length) > MaxBytes)
            {
                _made.Clear();
            }

            return Shrink(PictureFile.Load(path), side);
        }
    }

    /// <summary>Returns a picture that is no file of the folder at the size of a thumbnail. It is not kept.</summary>
    /// <exception cref="ImageFormatException">It is not a picture.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal Task<byte[]> ShrinkAsync(Stream picture, CancellationToken cancel) => Task.Run(() =>
    {
        lock (_decoding)
        {
            return Shrink(PictureFile.Load(picture), ThumbnailSide);
        }
    }, cancel);

    /// <summary>Returns a picture as a JPEG, not larger than it is.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="side">Long side, in pixels.</param>
    internal static byte[] Shrink(Picture picture, int side)
    {
        if (Math.Max(picture.Width, picture.Height) > side)
        {
            picture = Resampler.Resize(picture, side);
        }

        using MemoryStream jpeg = new();
        PictureFile.Save(
            picture, jpeg, ".jpg",
            new EncodeOptions { Quality = side > ThumbnailSide ? 92 : 85, StripMetadata = true });
        return jpeg.ToArray();
    }
}
