using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Writes frames as pictures into a folder: under given names, or as <c>frame_00001.png</c>,
/// <c>frame_00002.png</c>, …. Existing pictures with these names are replaced. Each picture is written atomically and
/// is kept even if a later one fails.</summary>
public sealed class FolderSink : IFrameSink
{
    private readonly string _folder, _extension;
    private readonly EncodeOptions? _encode;
    private readonly IReadOnlyList<string>? _names;
    private int _count;

    /// <summary>Creates the folder if it does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="extension">The pictures' format, one of <see cref="ImageFormats.WritableExtensions"/>.</param>
    /// <param name="encode">How the pictures are written.</param>
    /// <param name="names">The names of the pictures without extension, such as those of <see cref="FolderSource"/>;
    /// null numbers them, and so do names of which two are the same.</param>
    /// <exception cref="ArgumentException">No format with that extension can be written.</exception>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    public FolderSink(string folder, string extension = ".png", EncodeOptions? encode = null,
        IReadOnlyList<string>? names = null)
    {
        if (!ImageFormats.WritableExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"Pictures cannot be written as '{extension}'.", nameof(extension));
        }

        bool areDistinct = names?.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names?.Count;
        (_folder, _extension, _encode, _names) = (folder, extension, encode, areDistinct ? names : null);
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
        string name = _names?.ElementAtOrDefault(_count) is string given
            ? given + _extension
            : GetFileName(_count + 1, _extension);
        PictureFile.Save(frame.Picture, Path.Combine(_folder, name), _encode);
        _count++;
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
