namespace Atelier.Imaging.Codecs.Png;

/// <summary>Collects the information about the pixels of a PNG file from the other chunks.</summary>
internal sealed class PngDescription
{
    /// <summary>After this many warnings, no more metadata is read, because every attempt takes time.</summary>
    private const int MaxWarnings = 16;

    private readonly PngHeader _header;
    private readonly List<string> _warnings = [];

    /// <param name="header">How the pixels are stored.</param>
    public PngDescription(PngHeader header)
    {
        _header = header;
        ColorSpace = new PngColorSpace(header.Channels < 3 && header.ColorType != PngColorType.Palette, Warn);
    }

    /// <summary>Texts and other metadata.</summary>
    public PngMetadata Metadata { get; } = new();

    /// <summary>The color space of the samples.</summary>
    public PngColorSpace ColorSpace { get; }

    /// <summary>Red, green and blue of each color of the palette; empty for none.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>The contents of tRNS; empty for none.</summary>
    public byte[] Transparency { get; private set; } = [];

    /// <summary>Whether pixels have been read; a palette or transparency must not follow them.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether pixels can be transparent.</summary>
    public bool HasAlpha => Transparency.Length > 0 || _header.ColorType is PngColorType.GrayAlpha or PngColorType.Rgba;

    /// <summary>Warnings about damage that was worked around.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Adds a warning, unless there are already many.</summary>
    public void Warn(string warning)
    {
        if (_warnings.Count < MaxWarnings) _warnings.Add(warning);
    }

    /// <summary>Reads PLTE.</summary>
    /// <exception cref="ImageFormatException">It is malformed, occurs twice or comes too late.</exception>
    public void ReadPalette(ReadOnlySpan<byte> data)
    {
        if (IsComplete || Palette.Length > 0)
        {
            throw new ImageFormatException("PNG: PLTE occurs twice or after IDAT.");
        }

        if (data.IsEmpty || data.Length % 3 != 0 || data.Length > 3 * 256)
        {
            throw new ImageFormatException(
                $"PNG PLTE: {data.Length} bytes long; 3 for each of 1 to 256 colors were expected.");
        }

        Palette = data.ToArray();
    }

    /// <summary>Reads a chunk that is not needed to show the picture, so that any problem with it is only a
    /// warning.</summary>
    public void ReadAncillary(PngChunk chunk)
    {
        if (_warnings.Count == MaxWarnings) return;
        if (!chunk.IsIntact)
        {
            Warn($"PNG {chunk.Type}: ignored, because its checksum is wrong.");
            return;
        }

        try
        {
            switch (chunk.Type)
            {
                case "tRNS": ReadTransparency(chunk.Data); break;
                case "eXIf": Metadata.ReadExif(chunk.Data); break;
                case "pHYs": Metadata.ReadDensity(chunk.Data); break;
                case "iCCP": Metadata.ReadProfile(chunk.Data); break;
                case "cICP": ColorSpace.ReadCodePoints(chunk.Data); break;
                case "sRGB": ColorSpace.ReadSrgb(); break;
                case "gAMA": ColorSpace.ReadGamma(chunk.Data); break;
                case "cHRM": ColorSpace.ReadChromaticities(chunk.Data); break;
                case "tEXt": Metadata.ReadText(chunk.Data); break;
                case "zTXt": Metadata.ReadCompressedText(chunk.Data); break;
                case "iTXt": Metadata.ReadInternationalText(chunk.Data); break;
            }
        }
        catch (ImageFormatException error)
        {
            Warn($"PNG {chunk.Type}: ignored, because {error.Message}.");
        }
    }

    /// <summary>Whether <see cref="ReadAncillary"/> reads chunks of a type.</summary>
    public static bool Reads(string type) => type is "tRNS" or "eXIf" or "pHYs" or "iCCP" or "cICP" or "sRGB" or "gAMA"
        or "cHRM" or "tEXt" or "zTXt" or "iTXt";

    private void ReadTransparency(ReadOnlySpan<byte> data)
    {
        bool fits = _header.ColorType switch
        {
            PngColorType.Gray or PngColorType.Rgb => data.Length == 2 * _header.Channels,
            PngColorType.Palette => !data.IsEmpty && data.Length <= Palette.Length / 3,
            _ => false,
        };
        if (!fits || IsComplete)
        {
            throw new ImageFormatException("it does not match the picture, or is in the wrong position in the file");
        }

        Transparency = data.ToArray();
    }
}
