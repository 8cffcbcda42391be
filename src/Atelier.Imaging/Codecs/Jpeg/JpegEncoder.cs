namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>Writes baseline JPEG in a JFIF file: YCbCr, 4:4:4 or 4:2:0, with Huffman codes optimized for the
/// picture.</summary>
/// <remarks>JPEG does not support transparency: a picture with alpha is composited over white. Samples are not rounded
/// to 8 bits before the transform.</remarks>
internal static class JpegEncoder
{
    /// <summary>The longest side that the format can store.</summary>
    internal const int MaxSide = ushort.MaxValue;

    /// <summary>Writes a file.</summary>
    /// <exception cref="ImageFormatException">The picture exceeds the maximum size of the format.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The quality is not in 1–100.</exception>
    internal static void Encode(Picture picture, Stream output, EncodeOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Quality, 100);
        if (Math.Max(picture.Width, picture.Height) > MaxSide)
        {
            throw new ImageFormatException(
                $"JPEG: {picture.Width} x {picture.Height} pixels; a side has at most {MaxSide}. Write a PNG instead.");
        }

        int factor = options.JpegSubsampling ? 2 : 1;
        int mcuColumns = JpegComponent.CeilingDivide(picture.Width, factor * Block.Size);
        int mcuRows = JpegComponent.CeilingDivide(picture.Height, factor * Block.Size);
        byte[][] quantization =
        [
            StandardQuantization.Luminance(options.Quality), StandardQuantization.Chrominance(options.Quality),
        ];
        QuantizedComponent[] components =
        [
            new(1, factor, 0, quantization[0], mcuColumns, mcuRows),
            new(2, 1, 1, quantization[1], mcuColumns, mcuRows),
            new(3, 1, 1, quantization[1], mcuColumns, mcuRows),
        ];
        Quantize(picture, factor, components, mcuRows);

        int[][] frequencies = [.. Enumerable.Range(0, BlockEncoder.TableCount).Select(_ => new int[256])];
        BlockEncoder.Encode(components, mcuColumns, mcuRows, new SymbolCounter(frequencies));
        HuffmanCode[] codes = [.. frequencies.Select(counts => new HuffmanCode(counts))];

        WriteHeader(picture, output, quantization, components, codes);
        BitWriter bits = new(output);
        BlockEncoder.Encode(components, mcuColumns, mcuRows, new SymbolWriter(codes, bits));
        bits.Finish();
        output.Write([JpegMarkers.Prefix, JpegMarkers.Eoi]);
    }

    private static void Quantize(Picture picture, int factor, QuantizedComponent[] components, int mcuRows)
    {
        EncoderBand band = new(picture, factor);
        for (int mcuRow = 0; mcuRow < mcuRows; mcuRow++)
        {
            band.Load(mcuRow);
            for (int c = 0; c < components.Length; c++)
            {
                components[c].Transform(mcuRow, band.Planes[c]);
            }
        }
    }

    private static void WriteHeader(
        Picture picture, Stream output, byte[][] quantization, QuantizedComponent[] components, HuffmanCode[] codes)
    {
        output.Write([JpegMarkers.Prefix, JpegMarkers.Soi]);
        foreach ((byte marker, byte[] contents) in JpegMetadata.SegmentsOf(picture))
        {
            WriteSegment(output, marker, contents);
        }

        for (int i = 0; i < quantization.Length; i++)
        {
            byte[] table = quantization[i];
            byte[] zigzag = [.. Block.NaturalOrder.ToArray().Select(index => table[index])];
            WriteSegment(output, JpegMarkers.Dqt, [(byte)i, .. zigzag]);
        }

        WriteSegment(output, JpegMarkers.Sof0,
        [
            8, (byte)(picture.Height >> 8), (byte)picture.Height, (byte)(picture.Width >> 8), (byte)picture.Width,
            (byte)components.Length,
            .. components.SelectMany(c => (byte[])[c.Id, (byte)((c.Factor << 4) | c.Factor), (byte)c.Tables]),
        ]);
        for (int i = 0; i < codes.Length; i++)
        {
            // Codes alternate between DC and AC; the upper half of the byte tells which.
            byte classAndIndex = (byte)(((i & 1) << 4) | (i >> 1));
            WriteSegment(output, JpegMarkers.Dht, [classAndIndex, .. codes[i].Counts, .. codes[i].Symbols]);
        }

        WriteSegment(output, JpegMarkers.Sos,
        [
            (byte)components.Length,
            .. components.SelectMany(c => (byte[])[c.Id, (byte)((c.Tables << 4) | c.Tables)]),
            0, Block.Area - 1, 0,
        ]);
    }

    private static void WriteSegment(Stream output, byte marker, byte[] contents)
    {
        int length = contents.Length + sizeof(ushort);
        output.Write([JpegMarkers.Prefix, marker, (byte)(length >> 8), (byte)length]);
        output.Write(contents);
    }
}
