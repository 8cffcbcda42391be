using Atelier.Imaging.Metadata;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>Collects the information about the pixels of a PNG file from the other chunks.</summary>
internal sealed class PngDescription(PngHeader header)
{
    /// <summary>After this many warnings, no more metadata is read, because every attempt takes time.</summary>
    private const int MaxWarnings = 16;

    private readonly List<string> _warnings = [];

    /// <summary>Profile and texts.</summary>
    public PngMetadata Metadata { get; } = new();

    /// <summary>Red, green and blue of each color of the palette; empty for none.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>The contents of tRNS; empty for none.</summary>
    public byte[] Transparency { get; private set; } = [];

    /// <summary>The orientation of the stored picture.</summary>
    public Orientation Orientation { get; private set; } = Orientation.Normal;

    /// <summary>Whether pixels have been read; a palette or transparency must not follow them.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether pixels can be transparent.</summary>
    public bool HasAlpha => Transparency.Length > 0 || header.ColorType is PngColorType.GrayAlpha or PngColorType.Rgba;

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
                case "eXIf": Orientation = Exif.ReadOrientation(chunk.Data); break;
                case "iCCP": Metadata.ReadProfile(chunk.Data); break;
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

    private void ReadTransparency(ReadOnlySpan<byte> data)
    {
        bool fits = header.ColorType switch
        {
            PngColorType.Gray or PngColorType.Rgb => data.Length == 2 * header.Channels,
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
