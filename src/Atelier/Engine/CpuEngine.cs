using System.Runtime.Intrinsics;
using Atelier.Engine.Kernels;
using Atelier.Tensors;

namespace Atelier.Engine;

/// <summary>Creates the engine that computes on the processor, at the widest vectors that it has.</summary>
public static class CpuEngine
{
    /// <summary>A new engine with its own worker threads. The caller disposes it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is negative or above 1024.</exception>
    public static IEngine Create(EngineOptions? options = null)
        => Create(EngineInfo.Current.VectorBits, options ?? EngineOptions.Default);

    /// <summary>An engine of a given width, no wider than the processor's.</summary>
    internal static IEngine Create(int vectorBits, EngineOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, 1024);
        WorkerPool pool = new(options.Threads == 0 ? EngineInfo.Current.Processors : options.Threads);
        return vectorBits switch
        {
            512 => new CpuEngine<Lanes512>(pool),
            256 => new CpuEngine<Lanes256>(pool),
            128 => new CpuEngine<Lanes128>(pool),
            _ => new CpuEngine<LanesScalar>(pool),
        };
    }
}

/// <summary>The engine on the processor, compiled for one width of registers. Memory and layers; the rest of the class
/// holds what losses (Statistics) and optimizers (Tensors) need.</summary>
internal sealed unsafe partial class CpuEngine<T>(WorkerPool pool) : IEngine where T : struct, ILanes<T>
{
    private readonly Scratch _scratch = new();

    public void ForEach(int count, Action<int> part) => pool.Run(count, part);

    public Tensor NewTensor(int length) => new(length);

    // The picture itself, of three channels, is read channel by channel and needs no padding to whole vectors.
    public FeatureMap NewMap(Shape shape) => new(shape, PixelStride(shape));

    public IDisposable NewSharedMaps(IReadOnlyList<Shape> shapes, out FeatureMap[] maps)
    {
        MemoryBlock memory = new(shapes.Max(shape => FeatureMap.BytesFor(shape, PixelStride(shape))));
        maps = [.. shapes.Select(shape => new FeatureMap(shape, PixelStride(shape), memory))];
        return memory;
    }

    public BitMap NewBits(Shape shape, int bitsPerValue) => new(shape, bitsPerValue);

    public IFilter NewFilter(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias) => new CpuFilter<T>(weights, bias);

    public void Normalize(Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output)
    {
        NormalizeJob job = new()
        {
            Picture = picture.Data,
            Output = new MapView(output),
            Scale = Vector128.Create(1f / std[0], 1f / std[1], 1f / std[2], 0f),
            Offset = Vector128.Create(-mean[0] / std[0], -mean[1] / std[1], -mean[2] / std[2], 0f),
        };
        pool.Run(output.Shape.Height, ref job);
    }

    public void NormalizeBackward(FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient)
    {
        NormalizeBackwardJob job = new()
        {
            OutputGradient = new MapView(outputGradient),
            PictureGradient = pictureGradient.Data,
            Scale = (1f / std[0], 1f / std[1], 1f / std[2]),
        };
        pool.Run(outputGradient.Shape.Height, ref job);
    }

    public void ConvolveRelu(IFilter filter, FeatureMap input, FeatureMap output, BitMap? signs)
        => Convolve(((CpuFilter<T>)filter).Forward, input, output, Epilogue.Relu, signs);

    public void ConvolveBackward(
        IFilter filter, FeatureMap outputGradient, FeatureMap inputGradient, BitMap? inputSigns)
        => Convolve(
            ((CpuFilter<T>)filter).Backward, outputGradient, inputGradient,
            inputSigns is null ? Epilogue.None : Epilogue.ReluBackward, inputSigns);

    public void Pool(Pooling pooling, FeatureMap input, FeatureMap output, BitMap? places)
    {
        PoolJob<T> job = new()
        {
            Pooling = pooling,
            Input = new MapView(input),
            Output = new MapView(output),
            Places = new SignView(places),
        };
        pool.Run(output.Shape.Height, ref job);
    }

    public void PoolBackward(
        Pooling pooling, FeatureMap outputGradient, BitMap? places, FeatureMap inputGradient, BitMap? inputSigns)
    {
        PoolBackwardJob<T> job = new()
        {
            Pooling = pooling,
            OutputGradient = new MapView(outputGradient),
            InputGradient = new MapView(inputGradient),
            Places = new SignView(places),
            Signs = new SignView(inputSigns),
        };
        pool.Run((inputGradient.Shape.Height + 1) / 2, ref job);
    }

    public void Dispose()
    {
        pool.Dispose();
        _scratch.Dispose();
        _zeros.Dispose();
    }

    private static int PixelStride(Shape shape) => shape.Channels <= 4 ? 4 : FeatureMap.Padded(shape.Channels);

    private void Convolve(
        FilterDirection<T> filter, FeatureMap input, FeatureMap output, Epilogue epilogue, BitMap? signs)
    {
        if (ConvolutionCost.PrefersWinograd(filter.Inputs, filter.Outputs, output.Shape.Height, output.Shape.Width))
        {
            ConvolveByWinograd(filter, input, output, epilogue, signs);
            return;
        }

        int rows = DirectConvolutionJob<T>.RowsFor(
            output.Shape.Height, output.Shape.Width, filter.Inputs, output.PixelStride);
        DirectConvolutionJob<T> job = new()
        {
            Input = new MapView(input),
            Output = new MapView(output),
            Depth = filter.Inputs,
            Panels = filter.Direct(pool),
            Bias = filter.Bias,
            Epilogue = epilogue,
            Signs = new SignView(signs),
            RowsOfPart = rows,
        };
        pool.Run((output.Shape.Height + rows - 1) / rows, ref job);
    }

    private void ConvolveByWinograd(
        FilterDirection<T> filter, FeatureMap input, FeatureMap output, Epilogue epilogue, BitMap? signs)
    {
        int tiles = WinogradJob<T>.TilesFor(output.Shape.Height, output.Shape.Width);
        int tilesOfPart = WinogradJob<T>.TilesOfPartFor(filter.Inputs, tiles);
        nint scratchFloats = WinogradJob<T>.ScratchFor(input.PixelStride, output.PixelStride, tilesOfPart);
        WinogradJob<T> job = new()
        {
            Input = new MapView(input),
            Output = new MapView(output),
            Depth = filter.Inputs,
            Panels = filter.Winograd(pool),
            Bias = filter.Bias,
            Epilogue = epilogue,
            Signs = new SignView(signs),
            TilesOfPart = tilesOfPart,
            ScratchFloats = scratchFloats,
            Scratch = (float*)_scratch.Bytes(scratchFloats * pool.Threads * sizeof(float)),
            Zeros = (float*)_zeros.Address,
        };
        pool.Run((tiles + tilesOfPart - 1) / tilesOfPart, ref job);
    }
}
