namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A 3×3 convolution by Winograd's algorithm, one block of tiles per part. A block is as large as possible
/// with its intermediate results still in the cache.</summary>
internal readonly unsafe struct WinogradJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required WinogradTiles<T> Tiles { get; init; }

    internal required WinogradPanels<T> Panels { get; init; }

    internal required int TilesOfPart { get; init; }

    /// <summary>Scratch memory of each worker, in floats.</summary>
    internal required nint ScratchFloats { get; init; }

    internal required float* Scratch { get; init; }

    /// <summary>Scratch memory for the transformed inputs, the products, and what their transforms need.</summary>
    internal static nint ScratchFor(int inputStride, int outputStride, int tilesOfPart)
        => (WinogradPanels<T>.Products * WinogradTiles<T>.StepFor(tilesOfPart, inputStride))
            + WinogradTiles<T>.ProductFloats(tilesOfPart, outputStride) + WinogradTiles<T>.RoomFloats(inputStride);

    public void Execute(int index)
    {
        int first = index * TilesOfPart, count = Math.Min(TilesOfPart, Tiles.Count - first);
        (int inputStride, int outputStride) = (Tiles.Input.PixelStride, Tiles.Output.PixelStride);
        nint step = WinogradTiles<T>.StepFor(TilesOfPart, inputStride);
        float* inputs = Scratch + (WorkerPool.CurrentWorker * ScratchFloats);
        float* products = inputs + (WinogradPanels<T>.Products * step);
        float* room = products + WinogradTiles<T>.ProductFloats(TilesOfPart, outputStride);
        Tiles.TransformInputs(first, count, inputs, step, room);
        for (int channel = 0; channel < outputStride; channel += WinogradTiles<T>.ChannelsOfBlock)
            Tiles.ComputeOutputs(first, count, inputs, step, Panels, channel, channel, products, room);
        Tiles.ClearBorder(first, count);
    }
}
