using System.Buffers.Binary;
using Atelier.Imaging;

namespace Atelier.Workshop.Formats;

/// <summary>Reads HEIC pictures through a program of this machine, since decoders of HEVC are patented.</summary>
internal sealed class HeicFormat(Func<HeicConverter?> find) : IImageFormat
{
    private static readonly string[] HeicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

    /// <inheritdoc/>
    public string Name => "HEIC";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".heic", ".heif"];

    /// <inheritdoc/>
    public EncodeFeatures? Writes => null;

    /// <summary>Whether the main brand of a file in boxes (ISO/IEC 14496-12) is one of HEIC. AVIF files have their own,
    /// or list it among the others, and are recognized before.</summary>
    public bool Recognizes(ReadOnlySpan<byte> start)
        => start.Length >= 16 && start[4..].StartsWith("ftyp"u8)
            && HeicBrands.Contains(System.Text.Encoding.Latin1.GetString(start.Slice(8, 4)));

    /// <inheritdoc/>
    public Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        CheckSize(file, limits);
        byte[] converted = Convert(file);

        // Its samples are still those of the file; their colors are converted afterwards, as those of every format.
        return ImageFormats.Recognize(converted).Decode(converted, limits);
    }

    /// <inheritdoc/>
    public PictureInfo Identify(Stream file, DecodeLimits limits)
    {
        using MemoryStream bytes = new();
        file.CopyTo(bytes);
        CheckSize(bytes.ToArray(), limits);
        return PictureFile.Identify(Convert(bytes.ToArray()), limits) with { Format = Name };
    }

    private byte[] Convert(ReadOnlySpan<byte> file)
    {
        HeicConverter converter = find() ?? throw new ImageFormatException(
            "HEIC: pictures of this format are read through heif-dec, heif-convert, ImageMagick or sips, none of " +
            $"which was found on this machine; {HeicConverter.InstallHint}, or convert the picture to PNG or JPEG.");
        try
        {
            return converter.Convert(file);
        }
        catch (Exception error) when (error is (AtelierException and not ImageFormatException) or IOException
            or UnauthorizedAccessException)
        {
            throw new ImageFormatException(
                $"HEIC: '{converter.Path}' could not convert it ({error.Message.TrimEnd('.')}); convert it to PNG or " +
                "JPEG first.", error);
        }
    }

    /// <summary>Checks every size that the file declares, of the picture and of its tiles, before another program is
    /// asked to decode it.</summary>
    private static void CheckSize(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        // A property of 20 bytes: length, kind, version and flags, width, height.
        for (int at; (at = file.IndexOf("ispe"u8)) >= 0 && file.Length >= at + 16; file = file[(at + 16)..])
        {
            limits.Check("HEIC", BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8)..]),
                BinaryPrimitives.ReadUInt32BigEndian(file[(at + 12)..]));
        }
    }
}
