using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Writes frames as numbered pictures into a folder: <c>frame_00001.png</c>, <c>frame_00002.png</c>, ….
/// Pictures of these names are replaced; each appears whole or not at all, and stays whatever comes after it.</summary>
public sealed class FolderSink : IFrameSink
{
    private readonly string _folder, _extension;
    private readonly EncodeOptions? _encode;
    private int _count;

    /// <summary>Makes the folder if it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="extension">The pictures' format, one of <see cref="PictureFile.WritableExtensions"/>.</param>
    /// <param name="encode">How the pictures are written.</param>
    /// <exception cref="ArgumentException">No format with that extension can be written.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public FolderSink(string folder, string extension = ".png", EncodeOptions? encode = null)
    {
        if (!PictureFile.WritableExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"Pictures cannot be written as '{extension}'.", nameof(extension));
        }

        (_folder, _extension, _encode) = (folder, extension, encode);
        Directory.CreateDirectory(folder);
    }

    /// <summary>The name of a picture, without a folder.</summary>
    /// <param name="number">1 for the first frame.</param>
    /// <param name="extension">The extension, with its dot.</param>
    public static string NameOf(int number, string extension = ".png") => $"frame_{number:00000}{extension}";

    /// <inheritdoc/>
    public void Write(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        PictureFile.Save(frame.Picture, Path.Combine(_folder, NameOf(++_count, _extension)), _encode);
    }

    /// <inheritdoc/>
    public void Complete()
    {
        // Every picture was complete when it was written.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is open between two pictures.
    }
}
