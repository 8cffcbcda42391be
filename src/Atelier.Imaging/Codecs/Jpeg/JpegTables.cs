using System.Buffers.Binary;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>The tables that DQT, DHT and DRI segments define for the following scans.</summary>
internal sealed class JpegTables
{
    private const int MaxTables = 4;
    private const int MaxDcSymbol = 15;

    private readonly int[]?[] _quantization = new int[]?[MaxTables];
    private readonly HuffmanTable?[] _dc = new HuffmanTable?[MaxTables];
    private readonly HuffmanTable?[] _ac = new HuffmanTable?[MaxTables];

    /// <summary>The tables suggested by T.81, annex K; motion JPEG files rely on them implicitly.</summary>
    internal JpegTables()
    {
        (_dc[0], _dc[1]) = (StandardHuffman.LuminanceDc, StandardHuffman.ChrominanceDc);
        (_ac[0], _ac[1]) = (StandardHuffman.LuminanceAc, StandardHuffman.ChrominanceAc);
    }

    /// <summary>Number of MCUs between two restart markers; 0 without restarts.</summary>
    internal int RestartInterval { get; private set; }

    internal int[] Quantization(int index, string place)
        => _quantization[index] ?? throw Missing(place, "quantization table", index);

    internal HuffmanTable Dc(int index, string place)
        => (index < MaxTables ? _dc[index] : null) ?? throw Missing(place, "DC Huffman table", index);

    internal HuffmanTable Ac(int index, string place)
        => (index < MaxTables ? _ac[index] : null) ?? throw Missing(place, "AC Huffman table", index);

    internal void ReadQuantization(ReadOnlySpan<byte> segment, string place)
    {
        while (!segment.IsEmpty)
        {
            int precision = segment[0] >> 4, index = segment[0] & 15;
            int bytes = precision == 0 ? 1 : 2;
            if (precision > 1 || index >= MaxTables || segment.Length < 1 + (Block.Area * bytes))
            {
                throw new ImageFormatException(
                    $"{place}: quantization table {index} of precision {precision} in {segment.Length} bytes " +
                    "is not valid.");
            }

            int[] table = new int[Block.Area];
            for (int i = 0; i < Block.Area; i++)
            {
                ReadOnlySpan<byte> entry = segment[(1 + (i * bytes))..];
                table[Block.NaturalOrder[i]] = bytes == 1 ? entry[0] : BinaryPrimitives.ReadUInt16BigEndian(entry);
            }

            _quantization[index] = table;
            segment = segment[(1 + (Block.Area * bytes))..];
        }
    }

    internal void ReadHuffman(ReadOnlySpan<byte> segment, string place)
    {
        const int header = 1 + HuffmanTable.MaxCodeLength;
        while (!segment.IsEmpty)
        {
            int kind = segment[0] >> 4, index = segment[0] & 15;
            int count = 0;
            for (int i = 1; i < Math.Min(header, segment.Length); i++)
            {
                count += segment[i];
            }

            if (kind > 1 || index >= MaxTables || count > 256 || segment.Length < header + count)
            {
                throw new ImageFormatException(
                    $"{place}: Huffman table {index} of class {kind} with {count} codes in {segment.Length} bytes " +
                    "is not valid.");
            }

            ReadOnlySpan<byte> symbols = segment.Slice(header, count);
            if (kind == 0 && symbols.ContainsAnyExceptInRange((byte)0, (byte)MaxDcSymbol))
            {
                throw new ImageFormatException($"{place}: DC Huffman table {index} has a symbol above {MaxDcSymbol}.");
            }

            (kind == 0 ? _dc : _ac)[index] = BuildHuffman(segment[1..header], symbols, place);
            segment = segment[(header + count)..];
        }
    }

    internal void ReadRestartInterval(ReadOnlySpan<byte> segment, string place)
        => RestartInterval = segment.Length == 2
            ? BinaryPrimitives.ReadUInt16BigEndian(segment)
            : throw new ImageFormatException($"{place}: {segment.Length} bytes instead of 2 for the restart interval.");

    private static HuffmanTable BuildHuffman(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols, string place)
    {
        try
        {
            return new HuffmanTable(counts, symbols);
        }
        catch (ImageFormatException error)
        {
            throw new ImageFormatException($"{place}: {error.Message}", error);
        }
    }

    private static ImageFormatException Missing(string place, string what, int index)
        => new($"{place}: {what} {index} is used but was not defined.");
}
