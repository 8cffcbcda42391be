using System.Buffers;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>One direction of a filter: its bias, and its weights packed for the kernel that used it last, if they are
/// worth keeping.</summary>
internal sealed unsafe class FilterDirection<T> : IDisposable where T : struct, ILanes<T>
{
    private readonly ReadOnlyMemory<float> _weights;
    private readonly bool _isBackward;
    private readonly MemoryBlock _bias;
    private MemoryBlock? _kept;
    private FilterForm _keptForm;

    /// <param name="weights">The weights of the filter, as stored: [outputs, inputs, 3, 3] in forward
    /// direction.</param>
    internal FilterDirection(
        int outputs, int inputs, ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias, bool isBackward)
    {
        (Outputs, Inputs, _weights, _isBackward) = (outputs, inputs, weights, isBackward);
        _bias = new MemoryBlock((CpuFeatureMap.Padded(outputs) + 16) * sizeof(float));
        bias.CopyTo(new Span<float>(_bias.Address, outputs));
    }

    internal int Outputs { get; }

    internal int Inputs { get; }

    /// <summary>Single or BFloat16.</summary>
    internal required Precision Precision { get; init; }

    /// <summary>The bias, padded to the outputs of the tile kernel's last block; zeros if the direction has
    /// none.</summary>
    internal float* Bias => (float*)_bias.Address;

    internal long BytesOf(FilterForm form) => form switch
    {
        FilterForm.Winograd => WinogradPanels<T>.BytesFor(Outputs, Inputs),
        FilterForm.TapsTogether => (long)PictureGradientJob<T>.LanesFor(Outputs) * Inputs * sizeof(float),
        FilterForm.BFloat16 => TilePanels.BytesFor(Outputs, Inputs),
        _ => DirectPanels<T>.BytesFor(Outputs, Inputs),
    };

    /// <summary>Returns the weights packed in a form, which is kept until another one replaces it or it is
    /// released.</summary>
    internal float* Keep(FilterForm form, WorkerPool pool)
    {
        if (_kept is null || _keptForm != form)
        {
            Release();
            _kept = new MemoryBlock(BytesOf(form));
            _keptForm = form;
            Write(form, (float*)_kept.Address, pool);
        }

        return (float*)_kept.Address;
    }

    /// <summary>Packs the weights in a form into memory of the size given by <see cref="BytesOf"/>, which must be zeros
    /// for bf16.</summary>
    internal void Write(FilterForm form, float* target, WorkerPool pool) => Write(form, 0, Outputs, target, pool);

    /// <summary>Packs the weights of some outputs as those of a filter with no others.</summary>
    internal void Write(FilterForm form, int firstOutput, int outputs, float* target, WorkerPool pool)
    {
        using MemoryHandle pinned = _weights.Pin();
        PackFilterJob<T> job = new()
        {
            Taps = new FilterTaps((float*)pinned.Pointer, Outputs, Inputs, _isBackward).Slice(firstOutput, outputs),
            Form = form,
            Target = target,
        };
        pool.Run(PackFilterJob<T>.PartsFor(Inputs), ref job);
    }

    /// <summary>Frees the packed weights.</summary>
    internal void Release()
    {
        _kept?.Dispose();
        _kept = null;
    }

    public void Dispose()
    {
        _bias.Dispose();
        Release();
    }
}
