using System.Diagnostics;
using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl;

/// <summary>Finds the fastest division of matrix products, once for each device and driver. Results do not depend on
/// it: every sum has the same order.</summary>
internal static class TileTuning
{
    // A convolution in the middle of a network.
    private const int Batches = 36, Rows = 1024, Depth = 128, Columns = 128;

    // Less is the time of starting, at the clock of a card that rests.
    private const double MinSeconds = 0.05;

    // A processor runs the items of a group one after another between barriers, in its vector units.
    private static readonly TileShape ForProcessors = new(4, 16, 4, 4, 32);

    private static readonly TileShape[] Candidates =
    [
        new(16, 16, 4, 4, 16), new(16, 16, 8, 4, 16), new(16, 16, 8, 8, 8), new(8, 16, 8, 4, 16), new(8, 8, 8, 8, 16),
        new(8, 8, 4, 4, 16),
    ];

    /// <summary>Returns the shape for a device: remembered, or measured now.</summary>
    internal static TileShape ShapeFor(DeviceQueue queue)
    {
        OpenClDevice device = queue.Device;
        TileShape[] possible = [.. Candidates.Where(shape => Fits(shape, device))];
        if (!device.IsGpu || possible.Length == 0)
        {
            return ForProcessors;
        }

        string key = string.Join('\n', [.. possible, ProgramCache.Read("common.cl"), ProgramCache.Read("product.cl")]);
        BinaryFolder folder = new(device);
        if (folder.Find(key) is [byte index] && index < possible.Length)
        {
            return possible[index];
        }

        int fastest = Fastest(queue, possible);
        folder.Store(key, [(byte)fastest]);
        return possible[fastest];
    }

    /// <summary>Returns the index of the fastest shape.</summary>
    internal static int Fastest(DeviceQueue queue, IReadOnlyList<TileShape> shapes)
    {
        using DeviceBuffer a = queue.Create((long)Batches * Rows * Depth * sizeof(float));
        using DeviceBuffer b = queue.Create((long)Batches * Depth * Columns * sizeof(float));
        using DeviceBuffer target = queue.Create((long)Batches * Rows * Columns * sizeof(float));
        float[] result = new float[1];
        double TimeOf(TileShape shape, int repetitions)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repetitions; i++)
                BatchedProduct.RunBatches(queue, shape, a, b, target, Batches, Rows, Depth, Columns);
            queue.Read<float>(target, result);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        double BestTimeOf(TileShape shape)
        {
            try
            {
                // The first is compiled.
                TimeOf(shape, 1);
                int repetitions = 1;
                double seconds;
                while ((seconds = TimeOf(shape, repetitions)) < MinSeconds)
                    repetitions *= 2;
                return seconds / repetitions;
            }
            catch (CodedException)
            {
                // Too much for the registers or the local memory of the device.
                return double.PositiveInfinity;
            }
        }

        return Enumerable.Range(0, shapes.Count).MinBy(i => BestTimeOf(shapes[i]));
    }

    private static bool Fits(TileShape shape, OpenClDevice device)
        => shape.GroupM * shape.GroupN <= device.MaxGroupSize && shape.LocalBytes <= device.LocalMemory;
}
