using Atelier.Tensors;

namespace Atelier.Engine.Kernels;

/// <summary>Fills the nine taps of the filter from an input to an output channel, row by row.</summary>
internal delegate void FilterTaps(int output, int input, Span<float> taps);

/// <summary>One direction of a filter: its bias, and its weights in the form of each kernel that has used it.</summary>
internal sealed unsafe class FilterDirection<T> : IDisposable where T : struct, ILanes<T>
{
    private readonly FilterTaps _taps;
    private readonly MemoryBlock _bias;
    private MemoryBlock? _direct;
    private MemoryBlock? _winograd;
    private MemoryBlock? _tiles;

    internal FilterDirection(int outputs, int inputs, ReadOnlySpan<float> bias, FilterTaps taps)
    {
        (Outputs, Inputs, _taps) = (outputs, inputs, taps);
        _bias = new MemoryBlock((FeatureMap.Padded(outputs) + 16) * sizeof(float));
        bias.CopyTo(new Span<float>(_bias.Address, outputs));
    }

    internal int Outputs { get; }

    internal int Inputs { get; }

    /// <summary>Padded outputs, and as many again as fill the tile kernel's last block; zeros where the direction has
    /// no bias.</summary>
    internal float* Bias => (float*)_bias.Address;

    internal DirectPanels<T> Direct(WorkerPool pool)
        => new(_direct ??= DirectPanels<T>.Pack(Outputs, Inputs, _taps, pool), Inputs);

    internal WinogradPanels<T> Winograd(WorkerPool pool)
        => new(_winograd ??= WinogradPanels<T>.Pack(Outputs, Inputs, _taps, pool), Outputs, Inputs);

    internal TilePanels Tiles(WorkerPool pool)
        => new(_tiles ??= TilePanels.Pack(Outputs, Inputs, _taps, pool), Inputs);

    public void Dispose()
    {
        _bias.Dispose();
        _direct?.Dispose();
        _winograd?.Dispose();
        _tiles?.Dispose();
    }
}
