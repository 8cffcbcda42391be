using Atelier.Imaging;
using Atelier.Studio.Gallery;
using Atelier.Studio.Storage;
using Atelier.Styles;

namespace Atelier.Studio.Library;

/// <summary>What a file that is sent may become.</summary>
/// <param name="Kind">What it is sent as. A picture among styles is an artwork.</param>
public sealed record Reception(PictureKind Kind)
{
    /// <summary>Whether a style file is taken too, and becomes one of the styles.</summary>
    public bool TakesStyles { get; init; }

    /// <summary>Whether a picture with a recipe becomes a result, so that its recipe can be restored.</summary>
    public bool Restores { get; init; }

    /// <summary>Whether a mask remains only if a recipe comes to name it.</summary>
    public bool IsPassing { get; init; }

    /// <summary>Whether a mask is a label picture, whose colors matter.</summary>
    public bool IsLabels { get; init; }
}

/// <summary>The entrance of all pictures and style files that are sent: each is checked, and stored as what it is.
/// </summary>
/// <param name="folder">Where they go.</param>
public sealed class PictureIntake(StudioFolder folder) : IDisposable
{
    // A file is in memory until it is stored; thousands at once wait here.
    private readonly SemaphoreSlim _storing = new(2);

    /// <summary>Stores a file.</summary>
    /// <param name="contents">The bytes, at most 2 GB.</param>
    /// <param name="length">How many they are, if it is known; otherwise 0.</param>
    /// <param name="name">The name that it has elsewhere; it is made safe.</param>
    /// <param name="reception">What it may become.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ImageFormatException">It is neither a picture nor a style file that is taken here.</exception>
    /// <exception cref="AtelierException">It is a style file that is damaged.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public async Task<StoredPicture> StoreAsync(
        Stream contents, long length, string? name, Reception reception, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(contents);
        ArgumentNullException.ThrowIfNull(reception);
        await _storing.WaitAsync(cancel);
        try
        {
            using MemoryStream bytes = new((int)length);
            await contents.CopyToAsync(bytes, cancel);
            return Store(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), name, reception);
        }
        finally
        {
            _storing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _storing.Dispose();

    private StoredPicture Store(ReadOnlyMemory<byte> file, string? name, Reception reception)
    {
        PictureKind kind = KindOf(file, reception);
        if (kind != PictureKind.Masks || reception.IsLabels)
        {
            return folder.Add(kind, name, file);
        }

        string png = $"{Path.GetFileNameWithoutExtension(name)}.png";
        byte[] mask = MaskFile.From(file.Span);
        return reception.IsPassing ? folder.PassingMasks.Add(png, mask) : folder.Add(kind, png, mask);
    }

    private static PictureKind KindOf(ReadOnlyMemory<byte> file, Reception reception)
    {
        if (reception.TakesStyles && StyleStatistics.IsStyleFile(file.Span))
        {
            StyleStatistics.Read(new MemoryStream(file.ToArray()));
            return PictureKind.Styles;
        }

        PictureFile.Identify(file.Span);
        return reception.Restores && GalleryIndex.LooksPainted(file.Span) ? PictureKind.Results
            : reception.Kind == PictureKind.Styles ? PictureKind.Artworks
            : reception.Kind;
    }
}
