using System.Runtime.CompilerServices;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>One color component of a frame: its sampling, its grid of blocks and its decoded data.</summary>
/// <param name="id">The identifier by which scans name the component.</param>
/// <param name="horizontal">Horizontal sampling factor, 1–4.</param>
/// <param name="vertical">Vertical sampling factor, 1–4.</param>
/// <param name="quantizationIndex">Which of the four quantization tables it uses.</param>
internal sealed class JpegComponent(byte id, int horizontal, int vertical, int quantizationIndex)
{
    /// <summary>Gray, the value of missing blocks.</summary>
    private const byte MissingSample = 128;

    internal byte Id => id;

    internal int Horizontal => horizontal;

    internal int Vertical => vertical;

    internal int QuantizationIndex => quantizationIndex;

    /// <summary>Number of samples per row, and of rows, that the picture needs.</summary>
    internal (int Width, int Height) Size { get; private set; }

    /// <summary>Number of blocks per row, and of rows of blocks, that cover <see cref="Size"/>: the grid of a scan with
    /// one component.</summary>
    internal (int Columns, int Rows) Blocks { get; private set; }

    /// <summary>The same, rounded up to whole MCUs: the grid of an interleaved scan and of the buffers.</summary>
    internal (int Columns, int Rows) PaddedBlocks { get; private set; }

    /// <summary>Decoded samples, <see cref="Stride"/> in a row.</summary>
    internal byte[] Samples { get; private set; } = [];

    /// <summary>Length of a row of <see cref="Samples"/>.</summary>
    internal int Stride => PaddedBlocks.Columns * Block.Size;

    /// <summary>Quantized coefficients of a progressive frame, 64 per block in natural order; otherwise
    /// empty.</summary>
    internal short[] Coefficients { get; private set; } = [];

    /// <summary>Quantization table in natural order, as defined at the component's first scan; null before
    /// that.</summary>
    internal int[]? Quantization { get; set; }

    /// <summary>Fits the grids to the size of the frame.</summary>
    internal void Fit(JpegFrame frame)
    {
        Size = (CeilingDivide(frame.Width * horizontal, frame.MaxHorizontal),
            CeilingDivide(frame.Height * vertical, frame.MaxVertical));
        Blocks = (CeilingDivide(Size.Width, Block.Size), CeilingDivide(Size.Height, Block.Size));
        PaddedBlocks = (frame.McuColumns * horizontal, frame.McuRows * vertical);
    }

    internal void Allocate(bool progressive)
    {
        int samples = checked(Stride * PaddedBlocks.Rows * Block.Size);
        Samples = GC.AllocateUninitializedArray<byte>(samples);
        Array.Fill(Samples, MissingSample);
        Coefficients = progressive ? new short[samples] : [];
    }

    /// <summary>Returns the index of a block's first coefficient in <see cref="Coefficients"/>.</summary>
    internal int CoefficientIndex(int row, int column) => ((row * PaddedBlocks.Columns) + column) * Block.Area;

    /// <summary>Returns the index of a block's first sample in <see cref="Samples"/>.</summary>
    internal int SampleIndex(int row, int column) => ((row * Stride) + column) * Block.Size;

    /// <summary>Transforms the coefficients of a progressive frame to samples and releases them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void TransformCoefficients()
    {
        if (Quantization is null || Coefficients.Length == 0)
        {
            return;
        }

        for (int row = 0; row < Blocks.Rows; row++)
        {
            for (int column = 0; column < Blocks.Columns; column++)
            {
                InverseDct.Transform(
                    Coefficients.AsSpan(CoefficientIndex(row, column), Block.Area), Quantization,
                    Samples.AsSpan(SampleIndex(row, column)), Stride);
            }
        }

        Coefficients = [];
    }

    internal static int CeilingDivide(int value, int divisor) => (value + divisor - 1) / divisor;
}
