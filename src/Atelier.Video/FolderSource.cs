using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Reads the pictures of a folder as the frames of a video, in natural order of their names, in which numbers
/// sort by value. Other files are ignored.</summary>
public sealed class FolderSource : IFrameSource
{
    private readonly string[] _paths;
    private readonly DecodeLimits? _limits;
    private Picture? _first;
    private int _next;

    /// <summary>Finds the pictures, reads the first one and checks the sizes of the others.</summary>
    /// <param name="folder">The folder; subfolders are not searched.</param>
    /// <param name="frameRate">Frames per second.</param>
    /// <param name="limits">Limits for decoding each picture.</param>
    /// <exception cref="AtelierException">The folder contains no pictures, one is damaged, or their sizes
    /// differ.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public FolderSource(string folder, Rational frameRate, DecodeLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameRate.Numerator, nameof(frameRate));
        _limits = limits;
        _paths = PicturesIn(folder);
        if (_paths.Length == 0)
        {
            throw new AtelierException($"The folder '{folder}' contains no pictures " +
                $"({string.Join(", ", ImageFormats.ReadableExtensions)}) to make a video of.");
        }

        _first = PictureFile.Load(_paths[0], limits);
        Format = new VideoFormat(_first.Width, _first.Height, frameRate.Inverse, frameRate)
        {
            FrameCount = _paths.Length,
        };
        foreach (string path in _paths)
        {
            PictureInfo info = PictureFile.Identify(path, limits);
            Require(path, info.Width, info.Height);
        }
    }

    /// <inheritdoc/>
    public VideoFormat Format { get; }

    /// <summary>The names of the pictures without extension, in frame order.</summary>
    public IReadOnlyList<string> Names => [.. _paths.Select(path => Path.GetFileNameWithoutExtension(path))];

    /// <summary>Returns the paths of a folder's pictures in frame order.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static string[] PicturesIn(string folder)
        => [.. Directory.EnumerateFiles(folder).Where(IsPicture).Order(NaturalOrder.Instance)];

    /// <inheritdoc/>
    public VideoFrame? Read()
    {
        if (_next == _paths.Length)
        {
            return null;
        }

        Picture picture = _first ?? PictureFile.Load(_paths[_next], _limits);
        _first = null;
        Require(_paths[_next], picture.Width, picture.Height);
        return new VideoFrame(picture, _next++, 1);
    }

    /// <inheritdoc/>
    public void Dispose() => _first = null;

    private void Require(string path, int width, int height)
    {
        if ((width, height) != (Format.Width, Format.Height))
        {
            throw new AtelierException(
                $"'{path}' has {width} x {height} pixels, but the first picture of the video, '{_paths[0]}', has " +
                $"{Format.Width} x {Format.Height}; all frames must have the same size.");
        }
    }

    // Files whose names begin with a dot are system files or unfinished.
    private static bool IsPicture(string path) => !Path.GetFileName(path).StartsWith('.')
        && ImageFormats.ReadableExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
