namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A 3×3 convolution of a block of 4×4 tiles by Winograd's algorithm: transform the inputs, 36 small matrix
/// products, transform back. A block is as large as possible with its intermediate results still in the
/// cache.</summary>
internal readonly unsafe struct WinogradJob<T> : IParallelJob where T : struct, ILanes<T>
{
    /// <summary>Number of outputs of a tile in each direction.</summary>
    internal const int TileSize = 4;

    // Number of output channels that are transformed back at a time.
    private const int ChannelsOfBlock = 64;
    private const int PatchSize = TileSize + 2;

    internal required MapView Input { get; init; }

    internal required MapView Output { get; init; }

    /// <summary>Input channels without padding.</summary>
    internal required int Depth { get; init; }

    internal required WinogradPanels<T> Panels { get; init; }

    internal required float* Bias { get; init; }

    internal required Epilogue Epilogue { get; init; }

    internal required SignView Signs { get; init; }

    /// <summary>The rows to compute; tiles begin with the first.</summary>
    internal required Rows Rows { get; init; }

    internal required int TilesOfPart { get; init; }

    /// <summary>Scratch memory of each worker, in floats.</summary>
    internal required nint ScratchFloats { get; init; }

    internal required float* Scratch { get; init; }

    /// <summary>A register tile's row of zeros.</summary>
    internal required float* Zeros { get; init; }

    private int TilesAcross => (Output.Width + TileSize - 1) / TileSize;

    internal static int TilesFor(int height, int width)
        => (height + TileSize - 1) / TileSize * ((width + TileSize - 1) / TileSize);

    /// <summary>Scratch memory for the transformed inputs, the products, a patch at the map's edge, and a tile between
    /// two passes.</summary>
    internal static nint ScratchFor(int inputStride, int outputStride, int tilesOfPart)
        => (WinogradPanels<T>.Products
                * (ProductStep(tilesOfPart, inputStride) + ProductStep(tilesOfPart, BlockOf(outputStride))))
            + (PatchSize * PatchSize * (nint)inputStride) + (PatchSize * PatchSize * 16)
            + (TileSize * TileSize * ChannelsOfBlock);

    private static int BlockOf(int outputStride) => Math.Min(ChannelsOfBlock, outputStride);

    // One cache line more than the tiles need: otherwise, the 36 values of a tile would map to the same few cache sets.
    private static nint ProductStep(int tiles, int stride) => ((nint)tiles * stride) + 16;

    private int RowOf(int tile) => Rows.First + (tile / TilesAcross * TileSize);

    private int ColumnOf(int tile) => tile % TilesAcross * TileSize;

    public void Execute(int index)
    {
        int first = index * TilesOfPart;
        int count = Math.Min(TilesOfPart, TilesFor(Rows.Count, Output.Width) - first);
        float* inputs = Scratch + (WorkerPool.CurrentWorker * ScratchFloats);
        int block = BlockOf(Output.PixelStride);
        float* products = inputs + (WinogradPanels<T>.Products * ProductStep(TilesOfPart, Input.PixelStride));
        float* room = products + (WinogradPanels<T>.Products * ProductStep(TilesOfPart, block));
        for (int tile = 0; tile < count; tile++)
            TransformInput(first + tile, inputs + (tile * (nint)Input.PixelStride), room);
        for (int channel = 0; channel < Output.PixelStride; channel += ChannelsOfBlock)
        {
            int channels = Math.Min(ChannelsOfBlock, Output.PixelStride - channel);
            Multiply(inputs, products, count, channel, channels);
            for (int tile = 0; tile < count; tile++)
                TransformOutput(first + tile, products + (tile * block), channel, channels, room);
        }

        for (int tile = first; tile < first + count; tile++)
        {
            if (tile % TilesAcross == 0)
            {
                Output.ClearBorder(new Rows(RowOf(tile), Math.Min(RowOf(tile) + TileSize, Rows.End)));
            }
        }
    }

    /// <summary>Bᵀ·d·B for each channel of a tile; the 36 results are one product apart.</summary>
    private void TransformInput(int tile, float* target, float* room)
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

        nint product = ProductStep(TilesOfPart, stride);
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
                    middle + (y * PatchSize * T.Count), T.Count, target + (y * PatchSize * product) + c, product);
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

    private void Multiply(float* inputs, float* products, int tiles, int channel, int channels)
    {
        int stride = Input.PixelStride;
        TileOperands o = new()
        {
            ARowStep = stride * sizeof(float),
            ADepthStep = sizeof(float),
            Taps = 1,
            Depth = Depth,
            CRowStep = BlockOf(Output.PixelStride),
        };
        for (int product = 0; product < WinogradPanels<T>.Products; product++)
        {
            float* a = inputs + (product * ProductStep(TilesOfPart, stride));
            float* c = products + (product * ProductStep(TilesOfPart, BlockOf(Output.PixelStride)));
            for (int vector = 0; vector < channels / T.Count;)
            {
                int group = RegisterTiles<T>.GroupSize((channels / T.Count) - vector);
                o.B = Panels.Panel(product, (channel / T.Count) + vector);
                o.BDepthStep = group * T.Count * sizeof(float);
                RegisterTiles<T>.Multiply(o, group, tiles, a, Zeros, c + (vector * T.Count));
                vector += group;
            }
        }
    }

    /// <summary>Aᵀ·m·A plus bias for a block of channels of a tile, ReLU, and the part of it that lies
    /// inside the map.</summary>
    private void TransformOutput(int tile, float* products, int channel, int channels, float* room)
    {
        int row = RowOf(tile), column = ColumnOf(tile);
        int rows = Math.Min(TileSize, Rows.End - row), columns = Math.Min(TileSize, Output.Width - column);
        float* middle = room, result = room + (PatchSize * PatchSize * 16);
        nint product = ProductStep(TilesOfPart, BlockOf(Output.PixelStride));
        for (int c = 0; c < channels; c += T.Count)
        {
            for (int x = 0; x < PatchSize; x++)
            {
                WinogradTransforms<T>.Output(
                    products + (x * product) + c, PatchSize * product, T.Zero,
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
