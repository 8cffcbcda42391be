using System.Numerics;
using System.Runtime.CompilerServices;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>Receives the symbols of blocks.</summary>
internal interface ISymbolSink
{
    /// <summary>Receives a symbol and the bits that follow it.</summary>
    /// <param name="table">The code to which the symbol belongs, below <see cref="BlockEncoder.TableCount"/>.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="bits">The bits that follow it.</param>
    /// <param name="size">Number of these bits.</param>
    void Add(int table, int symbol, uint bits, int size);
}

/// <summary>Counts symbols in order to create codes for them.</summary>
internal readonly struct SymbolCounter(int[][] frequencies) : ISymbolSink
{
    public void Add(int table, int symbol, uint bits, int size) => frequencies[table][symbol]++;
}

/// <summary>Writes the codes of symbols.</summary>
internal readonly struct SymbolWriter(HuffmanCode[] codes, BitWriter output) : ISymbolSink
{
    public void Add(int table, int symbol, uint bits, int size)
    {
        (ushort code, byte length) = codes[table][symbol];
        output.Write(((uint)code << size) | bits, length + size);
    }
}

/// <summary>Converts the blocks of a picture to symbols of baseline Huffman coding (T.81, F.1.2).</summary>
internal static class BlockEncoder
{
    /// <summary>Number of codes: DC and AC of luminance, DC and AC of color.</summary>
    internal const int TableCount = 4;

    private const int SkipSixteen = 0xF0;
    private const int EndOfBlock = 0;

    /// <summary>Emits the symbols of all blocks, MCU by MCU.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Encode<TSink>(
        ReadOnlySpan<QuantizedComponent> components, int mcuColumns, int mcuRows, TSink sink)
        where TSink : struct, ISymbolSink
    {
        Span<int> predictors = stackalloc int[components.Length];
        for (int mcu = 0; mcu < mcuColumns * mcuRows; mcu++)
        {
            (int mcuRow, int mcuColumn) = Math.DivRem(mcu, mcuColumns);
            for (int c = 0; c < components.Length; c++)
            {
                QuantizedComponent component = components[c];
                for (int i = 0; i < component.Factor * component.Factor; i++)
                {
                    (int y, int x) = Math.DivRem(i, component.Factor);
                    ReadOnlySpan<short> block = component.BlockAt(
                        (mcuRow * component.Factor) + y, (mcuColumn * component.Factor) + x);
                    EncodeBlock(block, predictors[c], 2 * component.Tables, sink);
                    predictors[c] = block[0];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EncodeBlock<TSink>(ReadOnlySpan<short> block, int predictor, int dcTable, TSink sink)
        where TSink : struct, ISymbolSink
    {
        int acTable = dcTable + 1;
        AddValue(sink, dcTable, 0, block[0] - predictor);
        int last = block[1..].LastIndexOfAnyExcept((short)0) + 1, run = 0;
        for (int place = 1; place <= last; place++)
        {
            int value = block[place];
            if (value == 0)
            {
                run++;
                continue;
            }

            for (; run > 15; run -= 16)
            {
                sink.Add(acTable, SkipSixteen, 0, 0);
            }

            AddValue(sink, acTable, run, value);
            run = 0;
        }

        if (last < Block.Area - 1)
        {
            sink.Add(acTable, EndOfBlock, 0, 0);
        }
    }

    /// <summary>Emits a value as its run and magnitude category, followed by the bits that identify it within the
    /// category.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddValue<TSink>(TSink sink, int table, int run, int value)
        where TSink : struct, ISymbolSink
    {
        int size = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));
        uint bits = (uint)(value < 0 ? value - 1 : value) & ((1u << size) - 1);
        sink.Add(table, (run << 4) | size, bits, size);
    }
}
