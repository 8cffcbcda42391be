using System.Buffers.Binary;

namespace Atelier.Imaging.Codecs.Gif;

/// <summary>Reads the frames of a GIF87a or GIF89a file, one after another.</summary>
internal sealed class GifReader
{
    private const byte Extension = 0x21, Image = 0x2C, Trailer = 0x3B, GraphicControl = 0xF9, Application = 0xFF;
    private const int HeaderLength = 13;

    /// <summary>A code of LZW stands for at most this many pixels, and takes at least a byte.</summary>
    private const long MaxExpansion = 4096;

    /// <summary>Pixels of a canvas that are accepted even if the file is too short to cover them.</summary>
    private const long SmallCanvas = 1 << 22;

    private readonly Stream _file;
    private readonly DecodeLimits _limits;
    private readonly byte[] _palette;
    private bool _isOver, _hasFrame;

    /// <summary>Reads the headers before the frames.</summary>
    /// <exception cref="ImageFormatException">The headers are malformed, or the canvas exceeds the limits.</exception>
    public GifReader(Stream file, DecodeLimits limits)
    {
        (_file, _limits) = (file, limits);
        byte[] header = Take(HeaderLength, "the header");
        if (!IsGif(header))
        {
            throw new ImageFormatException("GIF: the signature is missing.");
        }

        Width = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(6));
        Height = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8));
        limits.Check("GIF", Width, Height);
        if ((long)Width * Height > Math.Max(SmallCanvas, file.Length * MaxExpansion))
        {
            throw new ImageFormatException($"GIF: {file.Length} bytes cannot hold {Width} x {Height} pixels.");
        }

        _palette = TakePalette(header[10]);
    }

    /// <summary>Width of the canvas in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the canvas in pixels.</summary>
    public int Height { get; }

    /// <summary>Number of repetitions after the first playback; 0 repeats forever, null (not stored in the file) does
    /// not repeat. Known after the first frame.</summary>
    public int? Loops { get; private set; }

    /// <summary>A description of the damage at the end of the file; null if there is none.</summary>
    public string? Damage { get; private set; }

    /// <summary>Whether a file that begins with these bytes is a GIF.</summary>
    public static bool IsGif(ReadOnlySpan<byte> start) => start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8);

    /// <summary>Reads the next frame; returns null after the last.</summary>
    /// <param name="withPixels">Whether to decode its pixels instead of skipping them.</param>
    /// <exception cref="ImageFormatException">The file is damaged at this point.</exception>
    public GifFrame? Read(bool withPixels = true)
    {
        int? transparent = null;
        (GifDisposal disposal, int delay) = (GifDisposal.None, 0);
        while (!_isOver)
        {
            int block = _file.ReadByte();
            switch (block)
            {
                case Image:
                    return ReadImage(transparent, disposal, delay, withPixels);
                case Extension when Take(1, "an extension")[0] is byte kind:
                    byte[] data = TakeBlocks(kind == Application ? 16 : 4);
                    if (kind == GraphicControl && data.Length >= 4)
                    {
                        disposal = (GifDisposal)Math.Min((data[0] >> 2) & 7, (int)GifDisposal.Restore);
                        delay = BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(1));
                        transparent = (data[0] & 1) != 0 ? data[3] : null;
                    }
                    else if (kind == Application)
                    {
                        ReadLoops(data);
                    }

                    break;
                case 0:
                    // Some encoders leave an empty block between two others.
                    break;
                default:
                    _isOver = true;
                    Damage = block == Trailer ? null
                        : block < 0 ? "the end is missing" : $"no block begins with {block:X2}";
                    break;
            }
        }

        return null;
    }

    private void ReadLoops(ReadOnlySpan<byte> data)
    {
        bool isKnown = data.StartsWith("NETSCAPE2.0"u8) || data.StartsWith("ANIMEXTS1.0"u8);
        if (isKnown && data.Length >= 14 && data[11] == 1)
        {
            Loops = BinaryPrimitives.ReadUInt16LittleEndian(data[12..]);
        }
    }

    private GifFrame? ReadImage(int? transparent, GifDisposal disposal, int delay, bool withPixels)
    {
        byte[] head = Take(9, "a frame");
        int Field(int at) => BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(at));
        (int left, int top, int width, int height) = (Field(0), Field(2), Field(4), Field(6));
        _limits.Check("GIF frame", width, height);
        if ((long)width * height > Math.Max(SmallCanvas, (_file.Length - _file.Position) * MaxExpansion))
        {
            throw new ImageFormatException($"GIF frame: the file cannot hold {width} x {height} pixels.");
        }

        byte[] local = TakePalette(head[8]), palette = local.Length > 0 ? local : _palette;
        if (palette.Length == 0)
        {
            throw new ImageFormatException("GIF frame: neither the frame nor the file has a palette.");
        }

        int colorBits = Take(1, "a frame")[0];
        byte[] indices = [];
        if (withPixels)
        {
            GifLzwReader pixels = new(colorBits, NextBlock);
            indices = pixels.Read(width, height, isInterlaced: (head[8] & 0x40) != 0, (byte)(transparent ?? 0));
            if (!pixels.IsWhole)
            {
                (_isOver, Damage) = (true, "a frame is cut off");

                // Part of the only picture is better than none; part of a later frame would flash.
                if (_hasFrame || pixels.Count == 0) return null;
            }
        }

        _hasFrame = true;

        SkipBlocks();
        return new GifFrame(left, top, width, height, palette, indices, transparent, disposal, delay);
    }

    /// <summary>Reads the palette that a flags field announces.</summary>
    private byte[] TakePalette(byte flags)
        => (flags & 0x80) == 0 ? [] : Take(3 << ((flags & 7) + 1), "a palette");

    private byte[] Take(int count, string what)
    {
        byte[] bytes = new byte[count];
        return _file.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count ? bytes
            : throw new ImageFormatException($"GIF: {what} is truncated.");
    }

    /// <summary>Returns the bytes of the next sub-block; empty after the last one, or at the end of the file.</summary>
    private byte[] NextBlock()
    {
        int length = _file.ReadByte();
        if (length <= 0)
        {
            return [];
        }

        byte[] bytes = new byte[length];
        return bytes[.._file.ReadAtLeast(bytes, length, throwOnEndOfStream: false)];
    }

    /// <summary>Returns the first bytes of the concatenated sub-blocks.</summary>
    private byte[] TakeBlocks(int most)
    {
        List<byte> bytes = [];
        while (NextBlock() is { Length: > 0 } part)
        {
            bytes.AddRange(part.AsSpan(0, Math.Min(part.Length, Math.Max(0, most - bytes.Count))));
        }

        return [.. bytes];
    }

    private void SkipBlocks() => TakeBlocks(0);
}
