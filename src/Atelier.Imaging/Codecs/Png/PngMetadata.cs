using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Atelier.Imaging.Metadata;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>Collects the metadata of a PNG file. Compressed data is decompressed within a budget for the whole file, so
/// that a small file cannot exhaust memory.</summary>
internal sealed class PngMetadata
{
    /// <summary>Maximum total size of profiles and texts, in bytes.</summary>
    private const int MaxBytes = 16 << 20;

    /// <summary>What even an empty profile or text counts toward the maximum, so that there cannot be millions of
    /// them.</summary>
    private const int EntryBytes = 256;

    private readonly Dictionary<string, string> _text = [];
    private int _budget = MaxBytes;

    /// <summary>The embedded profile as stored; null if there is none.</summary>
    public byte[]? IccProfile { get; private set; }

    /// <summary>EXIF, XMP, IPTC and density, from chunks of their own or from texts.</summary>
    public PictureMetadata Description { get; private set; } = PictureMetadata.None;

    /// <summary>The orientation of the stored picture: that of EXIF, or otherwise that of XMP.</summary>
    public Orientation Orientation
        => (Description.Exif is ReadOnlyMemory<byte> exif ? ExifBlock.Read(exif.Span)?.Orientation : null)
            ?? (Description.Xmp is ReadOnlyMemory<byte> xmp ? XmpPacket.Read(xmp.Span)?.Orientation : null)
            ?? Orientation.Normal;

    /// <summary>Keyword → text. If several texts have the same keyword, the last one is kept.</summary>
    public ImmutableDictionary<string, string> Text => _text.ToImmutableDictionary();

    /// <summary>Reads an iCCP chunk: name, 0, compression method, compressed profile.</summary>
    /// <exception cref="ImageFormatException">The chunk is malformed.</exception>
    public void ReadProfile(ReadOnlySpan<byte> data)
    {
        _ = TakeKeyword(ref data);
        IccProfile ??= Inflate(TakeMethod(data));
    }

    /// <summary>Reads an eXIf chunk, which takes precedence over EXIF in a text.</summary>
    public void ReadExif(ReadOnlySpan<byte> data)
        => Description = Description with { Exif = Spend(data).ToArray() };

    /// <summary>Reads a pHYs chunk: pixels per unit in both directions, and the unit, 1 for the meter.</summary>
    public void ReadDensity(ReadOnlySpan<byte> data)
    {
        if (data.Length != 9)
        {
            throw new ImageFormatException($"it has {data.Length} bytes instead of 9");
        }

        uint x = BinaryPrimitives.ReadUInt32BigEndian(data), y = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (data[8] == 1 && x > 0 && y > 0)
        {
            Description = Description with
            {
                Resolution = new PictureResolution(x * PngText.MetersPerInch, y * PngText.MetersPerInch),
            };
        }
    }

    /// <summary>Reads a tEXt chunk: keyword, 0, text in Latin-1.</summary>
    /// <exception cref="ImageFormatException">The chunk is malformed.</exception>
    public void ReadText(ReadOnlySpan<byte> data)
    {
        string keyword = TakeKeyword(ref data);
        Add(keyword, Encoding.Latin1.GetString(Spend(data)));
    }

    /// <summary>Reads a zTXt chunk: keyword, 0, compression method, compressed text in Latin-1.</summary>
    /// <exception cref="ImageFormatException">The chunk is malformed.</exception>
    public void ReadCompressedText(ReadOnlySpan<byte> data)
    {
        string keyword = TakeKeyword(ref data);
        Add(keyword, Encoding.Latin1.GetString(Inflate(TakeMethod(data))));
    }

    /// <summary>Reads an iTXt chunk: keyword, 0, whether compressed, compression method, language, 0, translated
    /// keyword, 0, text in UTF-8.</summary>
    /// <exception cref="ImageFormatException">The chunk is malformed.</exception>
    public void ReadInternationalText(ReadOnlySpan<byte> data)
    {
        string keyword = TakeKeyword(ref data);
        if (data.Length < 2 || data[0] > 1)
        {
            throw new ImageFormatException("the compression flag is malformed");
        }

        bool isCompressed = data[0] == 1;
        ReadOnlySpan<byte> text = isCompressed ? TakeMethod(data[1..]) : data[2..];
        _ = TakeUntilZero(ref text);
        _ = TakeUntilZero(ref text);
        Add(keyword, Encoding.UTF8.GetString(isCompressed ? Inflate(text) : Spend(text)));
    }

    /// <summary>Adds a text, or the metadata that it contains.</summary>
    private void Add(string keyword, string text)
    {
        if (keyword == PngText.XmpKeyword)
        {
            Description = Description with { Xmp = Encoding.UTF8.GetBytes(text) };
        }
        else if (RawProfile.Read(keyword, text) is PictureMetadata found)
        {
            Description = Description with
            {
                Exif = Description.Exif ?? found.Exif,
                Xmp = Description.Xmp ?? found.Xmp,
                Iptc = Description.Iptc ?? found.Iptc,
            };
        }
        else
        {
            _text[keyword] = text;
        }
    }

    private string TakeKeyword(ref ReadOnlySpan<byte> data)
    {
        Spend(EntryBytes);
        ReadOnlySpan<byte> keyword = TakeUntilZero(ref data);
        return keyword.Length is >= 1 and <= 79
            ? Encoding.Latin1.GetString(keyword)
            : throw new ImageFormatException($"the keyword has {keyword.Length} characters instead of 1 to 79");
    }

    private static ReadOnlySpan<byte> TakeUntilZero(ref ReadOnlySpan<byte> data)
    {
        int end = data.IndexOf((byte)0);
        if (end < 0)
        {
            throw new ImageFormatException("a field is not terminated");
        }

        ReadOnlySpan<byte> field = data[..end];
        data = data[(end + 1)..];
        return field;
    }

    private static ReadOnlySpan<byte> TakeMethod(ReadOnlySpan<byte> data)
        => !data.IsEmpty && data[0] == 0
            ? data[1..]
            : throw new ImageFormatException("the compression method is unknown");

    private ReadOnlySpan<byte> Spend(ReadOnlySpan<byte> bytes)
    {
        Spend(bytes.Length);
        return bytes;
    }

    private void Spend(int bytes)
    {
        if (bytes > _budget) throw new ImageFormatException($"the profile and texts exceed {MaxBytes} bytes");
        _budget -= bytes;
    }

    private byte[] Inflate(ReadOnlySpan<byte> compressed)
    {
        using ZLibStream stream = new(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
        using MemoryStream result = new();
        byte[] block = new byte[Math.Min(_budget, 1 << 14) + 1];
        try
        {
            for (int count; (count = stream.Read(block)) > 0;)
            {
                result.Write(Spend(block.AsSpan(0, count)));
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new ImageFormatException("the compressed data is damaged", error);
        }

        return result.ToArray();
    }
}
