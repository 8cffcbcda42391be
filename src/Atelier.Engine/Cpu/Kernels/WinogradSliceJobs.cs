namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Transforms the inputs of a batch of tiles for <see cref="WinogradSliceJob{T}"/>, and clears the border of
/// its outputs.</summary>
internal readonly unsafe struct WinogradInputJob<T> : IParallelJob where T : struct, ILanes<T>
{
    private const int TilesOfPart = 8;

    internal required WinogradTiles<T> Tiles { get; init; }

    internal required WinogradBatch Batch { get; init; }

    /// <summary>Number of parts.</summary>
    internal int Parts => (Batch.Count + TilesOfPart - 1) / TilesOfPart;

    public void Execute(int index)
    {
        int start = index * TilesOfPart, count = Math.Min(TilesOfPart, Batch.Count - start);
        int stride = Tiles.Input.PixelStride;
        Tiles.TransformInputs(
            Batch.First + start, count, Batch.Inputs + (start * (nint)stride),
            WinogradTiles<T>.StepFor(Batch.Count, stride), Batch.ScratchOfWorker);
        Tiles.ClearBorder(Batch.First + start, count);
    }
}

/// <summary>Computes a slice of the output channels of a batch of tiles, a block of tiles per part. This is how
/// Winograd's algorithm uses a filter that is too large for the cache: the inputs of all tiles of the batch are
/// transformed first; then the filter is packed and multiplied with them slice by slice. Memory holds one slice at a
/// time, which is read from the cache.</summary>
internal readonly unsafe struct WinogradSliceJob<T> : IParallelJob where T : struct, ILanes<T>
{
    /// <summary>Number of output channels in a slice.</summary>
    internal const int Channels = WinogradTiles<T>.ChannelsOfBlock;

    internal required WinogradTiles<T> Tiles { get; init; }

    internal required WinogradBatch Batch { get; init; }

    internal required int TilesOfPart { get; init; }

    /// <summary>The slice of the filter.</summary>
    internal required WinogradPanels<T> Slice { get; init; }

    /// <summary>First output channel of the slice.</summary>
    internal required int Channel { get; init; }

    /// <summary>Number of parts.</summary>
    internal int Parts => (Batch.Count + TilesOfPart - 1) / TilesOfPart;

    /// <summary>Floats for the transformed inputs of a batch.</summary>
    internal static nint InputFloats(int tiles, int inputStride)
        => WinogradPanels<T>.Products * WinogradTiles<T>.StepFor(tiles, inputStride);

    /// <summary>Floats that each worker needs beside these.</summary>
    internal static nint ScratchFor(int inputStride, int outputStride, int tilesOfPart)
        => WinogradTiles<T>.ProductFloats(tilesOfPart, outputStride) + WinogradTiles<T>.RoomFloats(inputStride);

    public void Execute(int index)
    {
        int start = index * TilesOfPart, count = Math.Min(TilesOfPart, Batch.Count - start);
        int stride = Tiles.Input.PixelStride;
        float* products = Batch.ScratchOfWorker;
        Tiles.ComputeOutputs(
            Batch.First + start, count, Batch.Inputs + (start * (nint)stride),
            WinogradTiles<T>.StepFor(Batch.Count, stride), Slice, panelChannel: 0, Channel, products,
            products + WinogradTiles<T>.ProductFloats(TilesOfPart, Tiles.Output.PixelStride));
    }
}

/// <summary>Tiles whose transformed inputs are in memory at the same time, and that memory.</summary>
internal readonly unsafe struct WinogradBatch
{
    /// <summary>The first tile.</summary>
    internal required int First { get; init; }

    /// <summary>Number of tiles.</summary>
    internal required int Count { get; init; }

    /// <summary>The transformed inputs.</summary>
    internal required float* Inputs { get; init; }

    /// <summary>Scratch memory of the first worker; that of the others follows.</summary>
    internal required float* Scratch { get; init; }

    /// <summary>Scratch memory of each worker, in floats.</summary>
    internal required nint ScratchFloats { get; init; }

    /// <summary>Scratch memory of the worker that runs a part.</summary>
    internal float* ScratchOfWorker => Scratch + (WorkerPool.CurrentWorker * ScratchFloats);
}
