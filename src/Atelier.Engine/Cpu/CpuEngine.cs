using System.Runtime.Intrinsics;
using Atelier.Engine.Cpu.Amx;
using Atelier.Engine.Cpu.Kernels;

namespace Atelier.Engine.Cpu;

/// <summary>Creates the engine that computes on the CPU, using its widest vectors.</summary>
public static class CpuEngine
{
    /// <summary>The engine's name in <see cref="EngineOptions.Name"/>.</summary>
    public const string Name = "cpu";

    /// <summary>Creates an engine with its own worker threads. The caller disposes it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is negative or above 1024.</exception>
    /// <exception cref="OptionsException">bfloat16 was requested but is not available on this machine.</exception>
    public static IEngine Create(EngineOptions? options = null)
        => Create(EngineInfo.Current.VectorBits, options ?? EngineOptions.Default);

    /// <summary>Creates an engine with a given vector width, at most the processor's, and optionally with given AMX
    /// units instead of the processor's.</summary>
    internal static IEngine Create(int vectorBits, EngineOptions options, AmxUnits? units = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, 1024);
        units = options.Precision == Precision.Single ? null : units ?? AmxUnits.Current;
        if (options.Precision == Precision.BFloat16 && units!.Refusal is string refusal)
        {
            throw new OptionsException(new Problem(
                "precision", $"is bfloat16, which needs the processor's AMX units ({refusal})", "give auto or single"));
        }

        units = units?.Refusal is null ? units : null;
        WorkerPool pool = new(options.Threads == 0 ? EngineInfo.Current.ProcessorCount : options.Threads);
        return vectorBits switch
        {
            512 => new CpuEngine<Lanes512>(pool, units, vectorBits),
            256 => new CpuEngine<Lanes256>(pool, units, vectorBits),
            128 => new CpuEngine<Lanes128>(pool, units, vectorBits),
            _ => new CpuEngine<LanesScalar>(pool, units, vectorBits),
        };
    }

    /// <summary>Returns the fingerprint of an engine with the given vector width, 0 for scalar computation. Other
    /// widths add in a different order, and so round differently.</summary>
    internal static string FingerprintOf(int vectorBits) => $"{Name} {vectorBits} bits";
}

/// <summary>The CPU engine, compiled for one register width. This part contains memory and layers; the others contain
/// the convolutions (Convolutions) and the operations of losses (Statistics, CrossMoments) and optimizers
/// (Tensors).</summary>
/// <param name="pool">Its threads, of which it takes ownership.</param>
/// <param name="units">The units for bf16 convolutions; null for none.</param>
/// <param name="vectorBits">Register width, for the fingerprint.</param>
internal sealed unsafe partial class CpuEngine<T>(WorkerPool pool, AmxUnits? units, int vectorBits) : IEngine, IWorkers
    where T : struct, ILanes<T>
{
    private int _isInUse;

    private readonly Scratch _scratch = new();
    private readonly Scratch _filterScratch = new();

    public Precision Precision => units is null ? Precision.Single : Precision.BFloat16;

    public string Fingerprint => CpuEngine.FingerprintOf(vectorBits);

    public Tensor CreateTensor(int length) => new CpuTensor(length);

    // The picture itself, of three channels, is read channel by channel and needs no padding to whole vectors.
    public FeatureMap CreateMap(Shape shape) => new CpuFeatureMap(shape, PixelStride(shape));

    public IDisposable CreateMaps(IReadOnlyList<MapLifetime> uses, out FeatureMap[] maps)
    {
        long[] offsets = MemoryPlacement.Place(uses, BytesFor, out long bytes);
        MemoryBlock memory = new(bytes);
        maps = [.. uses.Select((use, i) =>
            new CpuFeatureMap(use.Shape, PixelStride(use.Shape), use.Rows, memory, offsets[i]))];
        return memory;
    }

    public long GetBytes(IReadOnlyList<MapLifetime> uses)
    {
        MemoryPlacement.Place(uses, BytesFor, out long bytes);
        return bytes;
    }

    public void Slide(FeatureMap map, Rows kept)
    {
        using Use use = new(this);
        CpuFeatureMap.From(map).Slide(kept);
    }

    public PositionWeights CreatePositionWeights(int height, int width, ReadOnlySpan<float> weights)
        => new CpuWeightPlane(height, width, weights);

    public long BytesOfWeights(int height, int width) => CpuWeightPlane.BytesFor(height, width);

    public FeatureBits CreateBits(Shape shape, int bitsPerValue) => new CpuBitMap(shape, bitsPerValue);

    public long BytesOfBits(Shape shape, int bitsPerValue) => CpuBitMap.BytesFor(shape, bitsPerValue);

    void IWorkers.Run(int count, Action<int> part)
    {
        using Use use = new(this);
        pool.Run(count, part);
    }

    public Filter CreateFilter(
        ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias, Precision precision = Precision.Auto)
    {
        precision = precision == Precision.Auto ? Precision : precision;
        return precision == Precision.Single || precision == Precision
            ? new CpuFilter<T>(weights, bias, precision)
            : throw new ArgumentException("This engine supports only float32.", nameof(precision));
    }

    public void Normalize(
        Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output, Padding padding,
        Rows rows)
    {
        using Use use = new(this);
        NormalizeJob job = new()
        {
            Picture = CpuTensor.From(picture).Data,
            Output = new MapView(output),
            Scale = Vector128.Create(1f / std[0], 1f / std[1], 1f / std[2], 0f),
            Offset = Vector128.Create(-mean[0] / std[0], -mean[1] / std[1], -mean[2] / std[2], 0f),
            Padding = padding,
        };
        pool.Run(rows, ref job);
    }

    public void NormalizeBackward(
        FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient, Padding padding, Rows rows)
    {
        using Use use = new(this);
        NormalizeBackwardJob job = new()
        {
            OutputGradient = new MapView(outputGradient),
            PictureGradient = CpuTensor.From(pictureGradient).Data,
            Scale = (1f / std[0], 1f / std[1], 1f / std[2]),
            Padding = padding,
        };
        pool.Run(rows, ref job);
    }

    public void Pool(Pooling pooling, FeatureMap input, FeatureMap output, FeatureBits? places, Rows rows)
    {
        using Use use = new(this);
        PoolJob<T> job = new()
        {
            Pooling = pooling,
            Input = new MapView(input),
            Output = new MapView(output),
            Places = new SignView(places),
        };
        pool.Run(rows, ref job);
    }

    public void PoolBackward(
        Pooling pooling, FeatureMap outputGradient, FeatureBits? places, FeatureMap inputGradient,
        FeatureBits? inputSigns, Rows rows)
    {
        using Use use = new(this);
        PoolBackwardJob<T> job = new()
        {
            Pooling = pooling,
            OutputGradient = new MapView(outputGradient),
            InputGradient = new MapView(inputGradient),
            Places = new SignView(places),
            Signs = new SignView(inputSigns),
        };
        pool.Run(new Rows(rows.First / 2, (rows.End + 1) / 2), ref job);
    }

    public void Dispose()
    {
        pool.Dispose();
        _scratch.Dispose();
        _filterScratch.Dispose();
        _regridded.Dispose();
        _zeros.Dispose();
    }

    private static long BytesFor(MapLifetime use)
        => CpuFeatureMap.BytesFor(use.Shape, PixelStride(use.Shape), use.Rows);

    private static bool IsPicture(Shape shape) => shape.Channels <= 4;

    private static int PixelStride(Shape shape) => IsPicture(shape) ? 4 : CpuFeatureMap.Padded(shape.Channels);

    /// <summary>Reserves the engine for one operation. A second operation at the same time would share its scratch
    /// memory and threads.</summary>
    private readonly ref struct Use : IDisposable
    {
        private readonly CpuEngine<T> _engine;

        internal Use(CpuEngine<T> engine)
        {
            if (Interlocked.Exchange(ref engine._isInUse, 1) != 0)
            {
                throw new InvalidOperationException(
                    $"The engine '{engine.Fingerprint}' is at work for another thread, and does one operation at a " +
                    "time. Give each thread an engine of its own, or let them take turns.");
            }

            _engine = engine;
        }

        public void Dispose() => Volatile.Write(ref _engine._isInUse, 0);
    }
}
