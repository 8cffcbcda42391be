namespace Atelier.Engine.Cpu.Kernels;

/// <summary>The 4×4 tiles of a 3×3 convolution by Winograd's algorithm, and what is done to them: transform the inputs,
/// 36 small matrix products, transform back.</summary>
/// <remarks>Of a block of tiles, each of the 36 transformed inputs is a matrix with a row for each tile, and so are the
/// products; the matrices lie a step apart (<see cref="StepFor"/>).</remarks>
internal readonly unsafe struct WinogradTiles<T> where T : struct, ILanes<T>
{
    /// <summary>Number of outputs of a tile in each direction.</summary>
    internal const int TileSize = 4;

    /// <summary>Number of output channels that are multiplied and transformed back at a time.</summary>
    internal const int ChannelsOfBlock = 64;

    private const int PatchSize = TileSize + 2;

    internal required MapView Input { get; init; }

    internal required MapView Output { get; init; }

    /// <summary>Input channels without padding.</summary>
    internal required int Depth { get; init; }

    internal required float* Bias { get; init; }

    internal required Epilogue Epilogue { get; init; }

    internal required SignView Signs { get; init; }

    /// <summary>The rows to compute; tiles begin with the first.</summary>
    internal required Rows Rows { get; init; }

    /// <summary>A register tile's row of zeros.</summary>
    internal required float* Zeros { get; init; }

    /// <summary>Number of tiles of the rows.</summary>
    internal int Count => CountFor(Rows.Count, Output.Width);

    private int TilesAcross => (Output.Width + TileSize - 1) / TileSize;

    internal static int CountFor(int height, int width)
        => (height + TileSize - 1) / TileSize * ((width + TileSize - 1) / TileSize);

    /// <summary>Floats from one of the 36 matrices of a block to the next. One cache line more than the tiles need:
    /// otherwise, the 36 values of a tile would map to the same few cache sets.</summary>
    internal static nint StepFor(int tiles, int channels) => ((nint)tiles * channels) + 16;

    /// <summary>Floats for the products of a block of tiles and channels.</summary>
    internal static nint ProductFloats(int tiles, int outputStride)
        => WinogradPanels<T>.Products * StepFor(tiles, BlockOf(outputStride));

    /// <summary>Floats for a patch at the map's edge, and a tile between two passes.</summary>
    internal static nint RoomFloats(int inputStride)
        => (PatchSize * PatchSize * (nint)inputStride) + (PatchSize * PatchSize * 16)
            + (TileSize * TileSize * ChannelsOfBlock);

    private static int BlockOf(int outputStride) => Math.Min(ChannelsOfBlock, outputStride);

    private int RowOf(int tile) => Rows.First + (tile / TilesAcross * TileSize);

    private int ColumnOf(int tile) => tile % TilesAcross * TileSize;

    /// <summary>Transforms the inputs of a block of tiles.</summary>
    /// <param name="step">Floats from one of the 36 matrices to the next.</param>
    internal void TransformInputs(int first, int count, float* inputs, nint step, float* room)
    {
        for (int tile = 0; tile < count; tile++)
            TransformInput(first + tile, inputs + (tile * (nint)Input.PixelStride), step, room);
    }

    /// <summary>Computes a block of output channels of a block of tiles.</summary>
    /// <param name="panels">The filter, of which the block's channels begin with <paramref name="panelChannel"/>.
    /// </param>
    internal void ComputeOutputs(
        int first, int count, float* inputs, nint step, in WinogradPanels<T> panels, int panelChannel, int channel,
        float* products, float* room)
    {
        int block = BlockOf(Output.PixelStride), channels = Math.Min(block, Output.PixelStride - channel);
        nint productStep = StepFor(count, block);
        Multiply(inputs, step, panels, panelChannel, channels, products, productStep, count);
        for (int tile = 0; tile < count; tile++)
            TransformOutput(first + tile, products + (tile * block), productStep, channel, channels, room);
    }

    /// <summary>Clears the border of the output's rows that begin with one of the tiles.</summary>
    internal void ClearBorder(int first, int count)
    {
        for (int tile = first; tile < first + count; tile++)
        {
            if (tile % TilesAcross == 0)
            {
                Output.ClearBorder(new Rows(RowOf(tile), Math.Min(RowOf(tile) + TileSize, Rows.End)));
            }
        }
    }

    /// <summary>Bᵀ·d·B for each channel of a tile; the 36 results are one product apart.</summary>
    private void TransformInput(int tile, float* target, nint step, float* room)
    {
        int row = RowOf(tile) - 1, column = ColumnOf(tile) - 1;
        int stride = Input.PixelStride;
        float* source = Input.Row(row) + (column * stride);
        nint rowStep = Input.RowStride;
        float* middle = room + (PatchSize * PatchSize * stride);
        if (row + PatchSize > Rows.End + 1 || column + PatchSize > Input.Width + 1)
        {
            CopyPatch(row, column, room);
            source = room;
            rowStep = PatchSize * stride;
        }

        for (int c = 0; c < stride; c += T.Count)
        {
            for (int x = 0; x < PatchSize; x++)
            {
                WinogradTransforms<T>.Input(
                    source + (x * stride) + c, rowStep, middle + (x * T.Count), PatchSize * T.Count);
            }

            for (int y = 0; y < PatchSize; y++)
            {
                WinogradTransforms<T>.Input(
                    middle + (y * PatchSize * T.Count), T.Count, target + (y * PatchSize * step) + c, step);
            }
        }
    }

    /// <summary>Copies the pixels of a tile that extends beyond the border or the last row, with zeros
    /// beyond.</summary>
    private void CopyPatch(int row, int column, float* patch)
    {
        int stride = Input.PixelStride;
        for (int y = 0; y < PatchSize; y++)
        {
            // The border pixel itself is part of the map, the row at the end is what the last row needs.
            int inside = row + y > Rows.End ? 0 : Math.Min(PatchSize, Input.Width + 1 - column);
            Span<float> target = new(patch + (y * PatchSize * stride), PatchSize * stride);
            new ReadOnlySpan<float>(Input.Row(row + y) + (column * stride), inside * stride).CopyTo(target);
            target[(inside * stride)..].Clear();
        }
    }

    private void Multiply(
        float* inputs, nint step, in WinogradPanels<T> panels, int panelChannel, int channels, float* products,
        nint productStep, int tiles)
    {
        TileOperands o = new()
        {
            ARowStep = Input.PixelStride * sizeof(float),
            ADepthStep = sizeof(float),
            Taps = 1,
            Depth = Depth,
            CRowStep = BlockOf(Output.PixelStride),
        };
        for (int product = 0; product < WinogradPanels<T>.Products; product++)
        {
            float* a = inputs + (product * step), c = products + (product * productStep);
            for (int vector = 0; vector < channels / T.Count;)
            {
                int group = RegisterTiles<T>.GroupSize((channels / T.Count) - vector);
                o.B = panels.Panel(product, (panelChannel / T.Count) + vector);
                o.BDepthStep = group * T.Count * sizeof(float);
                RegisterTiles<T>.Multiply(o, group, tiles, a, Zeros, c + (vector * T.Count));
                vector += group;
            }
        }
    }

    /// <summary>Aᵀ·m·A plus bias for a block of channels of a tile, ReLU, and the part of it that lies
    /// inside the map.</summary>
    private void TransformOutput(
        int tile, float* products, nint step, int channel, int channels, float* room)
    {
        int row = RowOf(tile), column = ColumnOf(tile);
        int rows = Math.Min(TileSize, Rows.End - row), columns = Math.Min(TileSize, Output.Width - column);
        float* middle = room, result = room + (PatchSize * PatchSize * 16);
        for (int c = 0; c < channels; c += T.Count)
        {
            for (int x = 0; x < PatchSize; x++)
            {
                WinogradTransforms<T>.Output(
                    products + (x * step) + c, PatchSize * step, T.Zero,
                    middle + (x * T.Count), PatchSize * T.Count);
            }

            T bias = T.Load(Bias + channel + c);
            for (int y = 0; y < TileSize; y++)
            {
                WinogradTransforms<T>.Output(
                    middle + (y * PatchSize * T.Count), T.Count, bias,
                    result + (y * TileSize * ChannelsOfBlock) + c, ChannelsOfBlock);
            }
        }

        for (int y = 0; y < rows; y++)
            StoreRow(row + y, column, columns, result + (y * TileSize * ChannelsOfBlock), channel, channels);
    }

    private void StoreRow(int row, int column, int columns, float* values, int channel, int channels)
    {
        nint place = (column * (nint)Output.PixelStride) + channel;
        ushort* signs = Signs.Row(row);
        ReluKernels<T>.Store(
            Epilogue, values, ChannelsOfBlock, columns, channels, Output.Row(row) + place, Output.PixelStride,
            signs is null ? null : signs + (place / 16));
    }
}
