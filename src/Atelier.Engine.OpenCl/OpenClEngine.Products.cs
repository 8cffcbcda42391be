using Atelier.Engine.OpenCl.Handles;
using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl;

/// <content>Matrix products, and the convolutions that are made of them.</content>
public sealed partial class OpenClEngine
{
    // Fewer channels than this have too few products to make up for the transforms.
    private const int MinTransformedChannels = 16;

    // Results of a tile along each side.
    private const int TileSide = 4;

    // The transformed values of so many bytes are multiplied at a time: about what the cache of a card holds.
    private const long MaxTransformedBytes = 24L << 20;

    // Groups along the rows of a result: cards have no more in that dimension.
    private const long MaxGroups = 65_535;

    // Windows resets a card whose kernel takes 2 s; a slow one does 5e10 multiply-adds in that time.
    private const long DefaultMaxWork = 1L << 34;

    private readonly TileShape _tiles;

    /// <summary>Multiply-adds of a kernel at most; more are divided by rows.</summary>
    internal long MaxWork { get; init; } = DefaultMaxWork;

    /// <summary>Returns how many rows one kernel may compute.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="workOfRow">Multiply-adds of a row.</param>
    private int RowsWithin(int rows, long workOfRow) => (int)Math.Max(1, Math.Min(MaxWork / workOfRow, rows));

    private static bool IsTransformed(OpenClFilter filter)
        => Math.Min(filter.Inputs, filter.Outputs) >= MinTransformedChannels;

    /// <summary>Memory for the transformed values and products of a convolution.</summary>
    private static long ScratchBytes(OpenClFilter filter, int rows, int width)
    {
        long channels = filter.Inputs + filter.Outputs;
        long bytesOfRow = WinogradFilter.Places * TilesAcross(width) * channels * sizeof(float);
        return Math.Min(Math.Max(MaxTransformedBytes, bytesOfRow), bytesOfRow * TilesAcross(rows));
    }

    private static int TilesAcross(int results) => (results + TileSide - 1) / TileSide;

    /// <summary>Convolves by the algorithm of Kernels/winograd.cl, some rows of tiles at a time.</summary>
    private void Convolve(
        OpenClFilter filter, bool isBackward, OpenClFeatureMap from, OpenClFeatureMap to, DeviceBuffer? signs,
        Rows rows)
    {
        const int Places = WinogradFilter.Places;
        (int inputs, int outputs, int width) = (from.Shape.Channels, to.Shape.Channels, to.Shape.Width);
        int columns = TilesAcross(width);
        long bytesOfRow = (long)Places * columns * (inputs + outputs) * sizeof(float);
        int step = TileSide * (int)Math.Max(1, Math.Min(MaxTransformedBytes / bytesOfRow, TilesAcross(rows.Count)));
        long tilesOfStep = (long)columns * (step / TileSide);
        DeviceBuffer values = _queue.Scratch("transformed", Places * tilesOfStep * inputs * sizeof(float));
        DeviceBuffer products = _queue.Scratch("products", Places * tilesOfStep * outputs * sizeof(float));
        for (int first = rows.First; first < rows.End; first += step)
        {
            int end = Math.Min(first + step, rows.End);
            int tiles = columns * TilesAcross(end - first);
            RunEach(
                new KernelName("winograd", "transform_input"), checked(tiles * inputs), from.Memory, from.Geometry,
                first, end, columns, tiles, values);
            BatchedProduct.RunBatches(
                _queue, _tiles, values, filter.Transformed(isBackward), products, Places, tiles, inputs, outputs);
            RunEach(
                new KernelName("winograd", "transform_output", isBackward ? "" : "RELU"), checked(tiles * outputs),
                products, filter.Bias, signs, signs is not null, to.Memory, to.Geometry, first, end, columns, tiles);
        }
    }

    /// <summary>Runs the kernel of matrix products, as Kernels/product.cl describes it, on some rows of its region at a
    /// time.</summary>
    private void RunProduct(string variant, Product product)
    {
        (int first, int column, int rows, int width) = product.Region;
        int step = (int)Math.Max(1, Math.Min(
            RowsWithin(rows, (long)width * product.Depth * product.Target.Shape.Channels),
            MaxGroups * _tiles.M / width));
        for (int row = 0; row < rows; row += step)
        {
            // An array has no rows of its own: its values are those of the region.
            RunProduct(
                variant,
                product with { Region = new Int4(first + row, column, Math.Min(step, rows - row), width) },
                arrayStart: row * width);
        }
    }

    private void RunProduct(string variant, Product product, int arrayStart)
    {
        OpenClFeatureMap target = product.Target;
        int outputs = target.Shape.Channels;
        long positions = (long)product.Region.Z * product.Region.W;
        _queue.Run(
            new KernelName("product", "product", $"{variant} {_tiles.Defines}"),
            [_tiles.ItemsN(outputs), _tiles.ItemsM(positions), 1],
            [_tiles.GroupN, _tiles.GroupM, 1],
            product.Array ?? product.Source?.Memory, product.Source?.Geometry ?? default, arrayStart, product.Shift,
            product.Matrix, outputs, product.Depth, product.Region, product.Bias, product.Signs,
            product.Signs is not null, product.Features?.Memory, product.Features?.Geometry ?? default, product.Weights,
            product.Weights is not null, target.Memory, target.Geometry);
    }

    /// <summary>The arguments of a matrix product; those that its variant does not use are left out.</summary>
    /// <param name="Target">Receives the result.</param>
    /// <param name="Region">First row and column, rows and columns of the result.</param>
    private sealed record Product(OpenClFeatureMap Target, Int4 Region)
    {
        /// <summary>The map whose features are multiplied.</summary>
        internal OpenClFeatureMap? Source { get; init; }

        /// <summary>The array whose rows are multiplied, instead of a map.</summary>
        internal DeviceBuffer? Array { get; init; }

        /// <summary>Added to the features.</summary>
        internal float Shift { get; init; }

        /// <summary>Depth rows, a column for each channel of the target.</summary>
        internal required DeviceBuffer Matrix { get; init; }

        /// <summary>Number of terms of each sum.</summary>
        internal required int Depth { get; init; }

        internal DeviceBuffer? Bias { get; init; }

        internal DeviceBuffer? Signs { get; init; }

        /// <summary>The output of the ReLU that the result goes through.</summary>
        internal OpenClFeatureMap? Features { get; init; }

        internal DeviceBuffer? Weights { get; init; }
    }
}
