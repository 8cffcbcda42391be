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
    private readonly Scratch _filterScratch = new();

    public void ForEach(int count, Action<int> part) => pool.Run(count, part);

    public Tensor NewTensor(int length) => new(length);

    // The picture itself, of three channels, is read channel by channel and needs no padding to whole vectors.
    public FeatureMap NewMap(Shape shape) => new(shape, PixelStride(shape));

    public IDisposable NewMaps(IReadOnlyList<MapUse> uses, out FeatureMap[] maps)
    {
        long[] offsets = SharedMemory.Place(uses, BytesFor, out long bytes);
        MemoryBlock memory = new(bytes);
        maps = [.. uses.Select((use, i) =>
            new FeatureMap(use.Shape, PixelStride(use.Shape), use.Rows, memory, offsets[i]))];
        return memory;
    }

    public long BytesOf(IReadOnlyList<MapUse> uses)
    {
        SharedMemory.Place(uses, BytesFor, out long bytes);
        return bytes;
    }

    public ConvolutionEstimate Estimate(int inputs, int outputs, int rows, int width)
    {
        bool isWinograd = ConvolutionCost.PrefersWinograd(inputs, outputs, rows, width);
        long form = isWinograd
            ? WinogradPanels<T>.BytesFor(outputs, inputs)
            : DirectPanels<T>.BytesFor(outputs, inputs);
        bool keeps = ConvolutionCost.KeepsForm(inputs, outputs, rows, width);
        return new ConvolutionEstimate(
            ConvolutionCost.Work(inputs, outputs, rows, width), keeps ? form : 0, keeps ? 0 : form);
    }

    public void Slide(FeatureMap map, Rows kept) => map.Slide(kept);

    public BitMap NewBits(Shape shape, int bitsPerValue) => new(shape, bitsPerValue);

    public IFilter NewFilter(ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias)
        => new CpuFilter<T>(weights, bias);

    public void Normalize(
        Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output, Rows rows)
    {
        NormalizeJob job = new()
        {
            Picture = picture.Data,
            Output = new MapView(output),
            Scale = Vector128.Create(1f / std[0], 1f / std[1], 1f / std[2], 0f),
            Offset = Vector128.Create(-mean[0] / std[0], -mean[1] / std[1], -mean[2] / std[2], 0f),
        };
        pool.Run(rows, ref job);
    }

    public void NormalizeBackward(FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient, Rows rows)
    {
        NormalizeBackwardJob job = new()
        {
            OutputGradient = new MapView(outputGradient),
            PictureGradient = pictureGradient.Data,
            Scale = (1f / std[0], 1f / std[1], 1f / std[2]),
        };
        pool.Run(rows, ref job);
    }

    public void ConvolveRelu(IFilter filter, FeatureMap input, FeatureMap output, BitMap? signs, Rows rows)
        => Convolve(((CpuFilter<T>)filter).Forward, input, output, Epilogue.Relu, signs, rows);

    public void ConvolveBackward(
        IFilter filter, FeatureMap outputGradient, FeatureMap inputGradient, BitMap? inputSigns, Rows rows)
    {
        FilterDirection<T> backward = ((CpuFilter<T>)filter).Backward;
        if (IsPicture(inputGradient.Shape))
        {
            ConvolveBackwardToPicture(backward, outputGradient, inputGradient, rows);
            return;
        }

        Epilogue epilogue = inputSigns is null ? Epilogue.None : Epilogue.ReluBackward;
        Convolve(backward, outputGradient, inputGradient, epilogue, inputSigns, rows);
    }

    public void Pool(Pooling pooling, FeatureMap input, FeatureMap output, BitMap? places, Rows rows)
    {
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
        Pooling pooling, FeatureMap outputGradient, BitMap? places, FeatureMap inputGradient, BitMap? inputSigns,
        Rows rows)
    {
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

    private static long BytesFor(MapUse use)
        => FeatureMap.BytesFor(use.Shape, PixelStride(use.Shape), use.Rows);

    private static bool IsPicture(Shape shape) => shape.Channels <= 4;

    private static int PixelStride(Shape shape) => IsPicture(shape) ? 4 : FeatureMap.Padded(shape.Channels);

    private void Convolve(
        FilterDirection<T> filter, FeatureMap input, FeatureMap output, Epilogue epilogue, BitMap? signs, Rows rows)
    {
        if (ConvolutionCost.PrefersWinograd(filter.Inputs, filter.Outputs, output.Shape.Height, output.Shape.Width))
        {
            ConvolveByWinograd(filter, input, output, epilogue, signs, rows);
            return;
        }

        int rowsOfPart = DirectConvolutionJob<T>.RowsFor(
            rows.Count, output.Shape.Width, filter.Inputs, output.PixelStride);
        DirectConvolutionJob<T> job = new()
        {
            Input = new MapView(input),
            Output = new MapView(output),
            Depth = filter.Inputs,
            Panels = new DirectPanels<T>(
                Form(filter, FilterForm.Direct, rows.Count, output.Shape.Width), filter.Inputs),
            Bias = filter.Bias,
            Epilogue = epilogue,
            Signs = new SignView(signs),
            Rows = rows,
            RowsOfPart = rowsOfPart,
        };
        pool.Run((rows.Count + rowsOfPart - 1) / rowsOfPart, ref job);
    }

    private void ConvolveByWinograd(
        FilterDirection<T> filter, FeatureMap input, FeatureMap output, Epilogue epilogue, BitMap? signs, Rows rows)
    {
        int tiles = WinogradJob<T>.TilesFor(rows.Count, output.Shape.Width);
        int tilesOfPart = ConvolutionCost.TilesOfPart(filter.Inputs, tiles);
        nint scratchFloats = WinogradJob<T>.ScratchFor(input.PixelStride, output.PixelStride, tilesOfPart);
        WinogradJob<T> job = new()
        {
            Input = new MapView(input),
            Output = new MapView(output),
            Depth = filter.Inputs,
            Panels = new WinogradPanels<T>(
                Form(filter, FilterForm.Winograd, rows.Count, output.Shape.Width), filter.Outputs, filter.Inputs),
            Bias = filter.Bias,
            Epilogue = epilogue,
            Signs = new SignView(signs),
            Rows = rows,
            TilesOfPart = tilesOfPart,
            ScratchFloats = scratchFloats,
            Scratch = (float*)_scratch.Bytes(scratchFloats * pool.Threads * sizeof(float)),
            Zeros = (float*)_zeros.Address,
        };
        pool.Run((tiles + tilesOfPart - 1) / tilesOfPart, ref job);
    }

    private void ConvolveBackwardToPicture(
        FilterDirection<T> filter, FeatureMap outputGradient, FeatureMap pictureGradient, Rows rows)
    {
        Shape shape = pictureGradient.Shape;
        int rowsOfPart = PictureGradientJob<T>.RowsFor(rows.Count);
        nint scratchFloats = PictureGradientJob<T>.ScratchFor(shape.Channels);
        PictureGradientJob<T> job = new()
        {
            OutputGradient = new MapView(outputGradient),
            PictureGradient = new MapView(pictureGradient),
            Channels = shape.Channels,
            Depth = filter.Inputs,
            Panels = Form(filter, FilterForm.TapsTogether, rows.Count, shape.Width),
            Rows = rows,
            RowsOfPart = rowsOfPart,
            Scratch = (float*)_scratch.Bytes(scratchFloats * pool.Threads * sizeof(float)),
            Zeros = (float*)_zeros.Address,
        };
        pool.Run((rows.Count + rowsOfPart - 1) / rowsOfPart, ref job);
    }

    /// <summary>A filter in the form of a kernel: kept with it, or written each time to memory that all filters
    /// share.</summary>
    private float* Form(FilterDirection<T> filter, FilterForm form, int rows, int width)
    {
        if (ConvolutionCost.KeepsForm(filter.Inputs, filter.Outputs, rows, width))
        {
            return filter.Keep(form, pool);
        }

        filter.Release();
        float* numbers = (float*)_filterScratch.Bytes(filter.BytesOf(form));
        filter.Write(form, numbers, pool);
        return numbers;
    }
}
