using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl;

/// <summary>The kernel of Kernels/product.cl on plain arrays.</summary>
internal static class BatchedProduct
{
    /// <summary>Multiplies several matrices of rows × depth with as many of depth × columns.</summary>
    internal static void RunBatches(
        DeviceQueue queue, TileShape tiles, DeviceBuffer a, DeviceBuffer b, DeviceBuffer target, int batches, int rows,
        int depth, int columns)
    {
        DeviceBuffer? none = null;
        queue.Run(
            new KernelName("product", "product", $"BATCHED {tiles.Defines}"),
            [tiles.ItemsN(columns), tiles.ItemsM(rows), batches],
            [tiles.GroupN, tiles.GroupM, 1],
            a, default(Int4), 0, 0f, b, columns, depth, new Int4(0, 0, 1, rows), none, none, false, none, default(Int4),
            none, false, target, default(Int4));
    }
}
