namespace Atelier.Imaging;

/// <summary>What a file says about a picture besides its pixels: who took it, when, where and with what. A result has
/// that of its photograph.</summary>
/// <remarks>The blocks are those of the file that was read. What they say about orientation, size and thumbnail is made
/// true when a picture is written.</remarks>
public sealed record PictureMetadata
{
    /// <summary>No metadata.</summary>
    public static PictureMetadata None { get; } = new();

    /// <summary>The EXIF block, starting at its TIFF header; null if there is none.</summary>
    public ReadOnlyMemory<byte>? Exif
    {
        get;
        init => field = Filled(value);
    }

    /// <summary>The XMP packet, XML in UTF-8; null if there is none.</summary>
    public ReadOnlyMemory<byte>? Xmp
    {
        get;
        init => field = Filled(value);
    }

    /// <summary>The records of IPTC-IIM; null if there are none.</summary>
    public ReadOnlyMemory<byte>? Iptc
    {
        get;
        init => field = Filled(value);
    }

    /// <summary>Pixels per inch; null if the file does not say.</summary>
    public PictureResolution? Resolution { get; init; }

    /// <summary>Whether both have the same contents.</summary>
    public bool Equals(PictureMetadata? other)
        => other is not null && Resolution == other.Resolution
            && AreEqual(Exif, other.Exif) && AreEqual(Xmp, other.Xmp) && AreEqual(Iptc, other.Iptc);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Resolution, Exif?.Length, Xmp?.Length, Iptc?.Length);

    // An array that is null becomes memory without bytes.
    private static ReadOnlyMemory<byte>? Filled(ReadOnlyMemory<byte>? block)
        => block is { IsEmpty: true } ? null : block;

    private static bool AreEqual(ReadOnlyMemory<byte>? a, ReadOnlyMemory<byte>? b)
        => a.HasValue == b.HasValue && a.GetValueOrDefault().Span.SequenceEqual(b.GetValueOrDefault().Span);
}

/// <summary>How densely a picture is printed.</summary>
/// <param name="X">Pixels per inch from left to right.</param>
/// <param name="Y">Pixels per inch from top to bottom.</param>
public readonly record struct PictureResolution(double X, double Y);
