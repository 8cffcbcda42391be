using System.Runtime.CompilerServices;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>Decodes the part of a block that one kind of scan contains.</summary>
internal abstract class BlockDecoder
{
    /// <summary>Creates the decoder for a scan.</summary>
    internal static BlockDecoder For(JpegScan scan, bool isProgressive) => (isProgressive, scan) switch
    {
        (false, _) => new SequentialBlocks(),
        (_, { First: 0, IsRefinement: false }) => new DcFirstBlocks(scan.Shift),
        (_, { First: 0 }) => new DcRefinementBlocks(scan.Shift),
        (_, { IsRefinement: false }) => new AcFirstBlocks(scan),
        _ => new AcRefinementBlocks(scan),
    };

    /// <summary>Reads a block.</summary>
    /// <returns>False if the bits are invalid.</returns>
    internal abstract bool Decode(ref BitReader bits, ScanComponent part, int row, int column);

    /// <summary>Updates the predictor of a component to the DC coefficient of its next block.</summary>
    /// <returns>Whether the bits are valid.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static bool ReadDc(ref BitReader bits, ScanComponent part)
    {
        bits.Fill();
        int size = bits.ReadSymbol(part.Dc);
        if (size == BitReader.NoSymbol)
        {
            return false;
        }

        part.Predictor += bits.ReadSigned(size);
        return true;
    }

    /// <summary>Resets the state between blocks, as required at a restart marker.</summary>
    internal virtual void Restart() { }
}

/// <summary>Whole blocks of a sequential scan, transformed at once, so that no coefficients are kept.</summary>
internal sealed class SequentialBlocks : BlockDecoder
{
    private readonly short[] _block = new short[Block.Area];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override bool Decode(ref BitReader bits, ScanComponent part, int row, int column)
    {
        if (!ReadDc(ref bits, part))
        {
            return false;
        }

        int end = ReadAc(ref bits, part.Ac);
        JpegComponent component = part.Component;
        Span<byte> samples = component.Samples.AsSpan(component.SampleIndex(row, column));
        if (end == 1)
        {
            InverseDct.TransformConstant(part.Predictor, component.Quantization![0], samples, component.Stride);
            return true;
        }

        _block[0] = (short)part.Predictor;
        InverseDct.Transform(_block, component.Quantization, samples, component.Stride);
        Array.Clear(_block);
        return end > 0;
    }

    /// <summary>Reads the AC coefficients.</summary>
    /// <returns>The position in the zigzag after the last one, or -1 if the bits are invalid.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadAc(ref BitReader bits, HuffmanTable table)
    {
        ReadOnlySpan<byte> order = Block.NaturalOrder;
        int place = 1;
        while (place < Block.Area)
        {
            bits.Fill();
            int symbol = bits.ReadSymbol(table);
            int size = symbol & 15;
            if (size == 0)
            {
                if (symbol != AcFirstBlocks.SkipSixteen)
                {
                    break;
                }

                place += 16;
                continue;
            }

            place += symbol >> 4;
            if (place >= Block.Area)
            {
                return -1;
            }

            _block[order[place++]] = (short)bits.ReadSigned(size);
        }

        return place;
    }
}

/// <summary>The upper bits of DC coefficients.</summary>
internal sealed class DcFirstBlocks(int shift) : BlockDecoder
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override bool Decode(ref BitReader bits, ScanComponent part, int row, int column)
    {
        if (!ReadDc(ref bits, part))
        {
            return false;
        }

        JpegComponent component = part.Component;
        component.Coefficients[component.CoefficientIndex(row, column)] = (short)(part.Predictor << shift);
        return true;
    }
}

/// <summary>One more bit of DC coefficients.</summary>
internal sealed class DcRefinementBlocks(int shift) : BlockDecoder
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override bool Decode(ref BitReader bits, ScanComponent part, int row, int column)
    {
        JpegComponent component = part.Component;
        component.Coefficients[component.CoefficientIndex(row, column)] |= (short)(bits.ReadBit() << shift);
        return true;
    }
}

/// <summary>The upper bits of a band of AC coefficients.</summary>
internal sealed class AcFirstBlocks(JpegScan scan) : BlockDecoder
{
    /// <summary>The symbol for sixteen zeros that do not end the block.</summary>
    internal const int SkipSixteen = 0xF0;

    /// <summary>Number of following blocks without coefficients in the band.</summary>
    private int _emptyBlocks;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override bool Decode(ref BitReader bits, ScanComponent part, int row, int column)
    {
        if (_emptyBlocks > 0)
        {
            _emptyBlocks--;
            return true;
        }

        JpegComponent component = part.Component;
        Span<short> block = component.Coefficients.AsSpan(component.CoefficientIndex(row, column), Block.Area);
        int place = scan.First;
        while (place <= scan.Last)
        {
            bits.Fill();
            int symbol = bits.ReadSymbol(part.Ac);
            int run = symbol >> 4, size = symbol & 15;
            if (size == 0 && symbol != SkipSixteen)
            {
                _emptyBlocks = (1 << run) + bits.ReadBits(run) - 1;
                return true;
            }

            place += run;
            if (place > scan.Last)
            {
                return false;
            }

            block[Block.NaturalOrder[place++]] = (short)(size == 0 ? 0 : bits.ReadSigned(size) << scan.Shift);
        }

        return true;
    }

    internal override void Restart() => _emptyBlocks = 0;
}

/// <summary>One more bit of a band of AC coefficients, both those already known and new ones.</summary>
internal sealed class AcRefinementBlocks(JpegScan scan) : BlockDecoder
{
    private readonly int _bit = 1 << scan.Shift;

    /// <summary>Number of blocks, including this one, without new coefficients.</summary>
    private int _blocksWithoutNew;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override bool Decode(ref BitReader bits, ScanComponent part, int row, int column)
    {
        JpegComponent component = part.Component;
        Span<short> block = component.Coefficients.AsSpan(component.CoefficientIndex(row, column), Block.Area);
        int place = scan.First;
        while (_blocksWithoutNew == 0 && place <= scan.Last)
        {
            bits.Fill();
            int symbol = bits.ReadSymbol(part.Ac);
            int run = symbol >> 4, size = symbol & 15;
            if (size > 1)
            {
                return false;
            }

            if (size == 0 && symbol != AcFirstBlocks.SkipSixteen)
            {
                _blocksWithoutNew = (1 << run) + bits.ReadBits(run);
                break;
            }

            int value = size == 0 ? 0 : bits.ReadBits(1) == 1 ? _bit : -_bit;
            place = RefineUntilZeros(ref bits, block, place, run);
            if (place <= scan.Last)
            {
                block[Block.NaturalOrder[place++]] = (short)value;
            }
            else if (value != 0)
            {
                return false;
            }
        }

        if (_blocksWithoutNew > 0)
        {
            _blocksWithoutNew--;
            if (block[1..].ContainsAnyExcept((short)0))
            {
                RefineUntilZeros(ref bits, block, place, int.MaxValue);
            }
        }

        return true;
    }

    internal override void Restart() => _blocksWithoutNew = 0;

    /// <summary>Refines each known coefficient by its bit, until the given number of unknown ones have been
    /// passed.</summary>
    /// <returns>The position of the next unknown coefficient, or the position after the band.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int RefineUntilZeros(ref BitReader bits, Span<short> block, int place, int zeros)
    {
        for (; place <= scan.Last; place++)
        {
            ref short coefficient = ref block[Block.NaturalOrder[place]];
            if (coefficient == 0)
            {
                if (zeros-- == 0)
                {
                    break;
                }
            }
            else if (bits.ReadBit() == 1 && (coefficient & _bit) == 0)
            {
                coefficient += (short)(coefficient > 0 ? _bit : -_bit);
            }
        }

        return place;
    }
}
