using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Writes frames as numbered pictures into a folder: <c>frame_00001.png</c>, <c>frame_00002.png</c>, ….
/// Existing pictures with these names are replaced. Each picture is written atomically and is kept even if a later one
/// fails.</summary>
public sealed class FolderSink : IFrameSink
{
    private readonly string _folder, _extension;
    private readonly EncodeOptions? _encode;
    private int _count;

    /// <summary>Creates the folder if it does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="extension">The pictures' format, one of <see cref="ImageFormats.WritableExtensions"/>.</param>
    /// <param name="encode">How the pictures are written.</param>
    /// <exception cref="ArgumentException">No format with that extension can be written.</exception>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    public FolderSink(string folder, string extension = ".png", EncodeOptions? encode = null)
    {
        if (!ImageFormats.WritableExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"Pictures cannot be written as '{extension}'.", nameof(extension));
        }

        (_folder, _extension, _encode) = (folder, extension, encode);
        Directory.CreateDirectory(folder);
    }

    /// <summary>Returns the file name of a picture, without the folder.</summary>
    /// <param name="number">1 for the first frame.</param>
    /// <param name="extension">The extension, including the dot.</param>
    public static string GetFileName(int number, string extension = ".png") => $"frame_{number:00000}{extension}";

    /// <inheritdoc/>
    public void Write(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        PictureFile.Save(frame.Picture, Path.Combine(_folder, GetFileName(++_count, _extension)), _encode);
    }

    /// <inheritdoc/>
    public void Complete()
    {
        // Every picture was completed when it was written.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // No file is open between two pictures.
    }
}
