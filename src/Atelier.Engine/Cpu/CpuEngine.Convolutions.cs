using Atelier.Engine.Cpu.Kernels;

namespace Atelier.Engine.Cpu;

/// <summary>Convolutions, each by the kernel best suited to its shape and the filter's precision.</summary>
internal sealed unsafe partial class CpuEngine<T>
{
    public ConvolutionEstimate Estimate(Filter filter, bool isBackward, int rows, int width)
    {
        CpuFilter<T> both = CpuFilter<T>.From(filter);
        FilterDirection<T> one = isBackward ? both.Backward : both.Forward;
        FilterForm form = ConvolutionCost.FormFor(one.Inputs, one.Outputs, one.Precision, rows, width);
        bool keeps = ConvolutionCost.KeepsForm(form, one.Inputs, one.Outputs, rows, width);
        double work = ConvolutionCost.Work(form, one.Inputs, one.Outputs, rows, width);
        if (form == FilterForm.Winograd && ConvolutionCost.IsSliced(one.Inputs, one.Outputs))
        {
            int tiles = ConvolutionCost.TilesOfBatch(WinogradTiles<T>.CountFor(rows, width));
            nint inputs = WinogradSliceJob<T>.InputFloats(tiles, CpuFeatureMap.Padded(one.Inputs));
            long slice = WinogradPanels<T>.BytesFor(WinogradSliceJob<T>.Channels, one.Inputs);
            return new ConvolutionEstimate(work, KeptBytes: 0, SharedBytes: (inputs * sizeof(float)) + slice);
        }

        long bytes = one.BytesOf(form);
        return new ConvolutionEstimate(work, keeps ? bytes : 0, keeps ? 0 : bytes);
    }

    public void ConvolveRelu(Filter filter, FeatureMap input, FeatureMap output, FeatureBits? signs, Rows rows)
    {
        using Use use = new(this);
        Convolve(
            CpuFilter<T>.From(filter).Forward, CpuFeatureMap.From(input), CpuFeatureMap.From(output), Epilogue.Relu,
            signs, rows);
    }

    public void ConvolveBackward(
        Filter filter, FeatureMap outputGradient, FeatureMap inputGradient, FeatureBits? inputSigns, Rows rows)
    {
        using Use use = new(this);
        FilterDirection<T> backward = CpuFilter<T>.From(filter).Backward;
        CpuFeatureMap gradient = CpuFeatureMap.From(outputGradient), target = CpuFeatureMap.From(inputGradient);
        if (IsPicture(target.Shape))
        {
            ConvolveBackwardToPicture(backward, gradient, target, rows);
            return;
        }

        Epilogue epilogue = inputSigns is null ? Epilogue.None : Epilogue.ReluBackward;
        Convolve(backward, gradient, target, epilogue, inputSigns, rows);
    }

    private void Convolve(
        FilterDirection<T> filter, CpuFeatureMap input, CpuFeatureMap output, Epilogue epilogue, FeatureBits? signs,
        Rows rows)
    {
        (int height, int width, _) = output.Shape;
        switch (ConvolutionCost.FormFor(filter.Inputs, filter.Outputs, filter.Precision, height, width))
        {
            case FilterForm.BFloat16: ConvolveByTiles(filter, input, output, epilogue, signs, rows); break;
            case FilterForm.Winograd: ConvolveByWinograd(filter, input, output, epilogue, signs, rows); break;
            default: ConvolveDirectly(filter, input, output, epilogue, signs, rows); break;
        }
    }

    private void ConvolveDirectly(
        FilterDirection<T> filter, CpuFeatureMap input, CpuFeatureMap output, Epilogue epilogue, FeatureBits? signs,
        Rows rows)
    {
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
        FilterDirection<T> filter, CpuFeatureMap input, CpuFeatureMap output, Epilogue epilogue, FeatureBits? signs,
        Rows rows)
    {
        WinogradTiles<T> tiles = new()
        {
            Input = new MapView(input),
            Output = new MapView(output),
            Depth = filter.Inputs,
            Bias = filter.Bias,
            Epilogue = epilogue,
            Signs = new SignView(signs),
            Rows = rows,
            Zeros = (float*)_zeros.Address,
        };
        if (ConvolutionCost.IsSliced(filter.Inputs, filter.Outputs))
        {
            ConvolveBySlices(filter, tiles);
            return;
        }

        int tilesOfPart = ConvolutionCost.TilesOfPart(filter.Inputs, tiles.Count);
        nint scratchFloats = WinogradJob<T>.ScratchFor(input.PixelStride, output.PixelStride, tilesOfPart);
        WinogradJob<T> job = new()
        {
            Tiles = tiles,
            Panels = new WinogradPanels<T>(
                Form(filter, FilterForm.Winograd, rows.Count, output.Shape.Width), filter.Outputs, filter.Inputs),
            TilesOfPart = tilesOfPart,
            ScratchFloats = scratchFloats,
            Scratch = (float*)_scratch.Bytes(scratchFloats * pool.Threads * sizeof(float)),
        };
        pool.Run((tiles.Count + tilesOfPart - 1) / tilesOfPart, ref job);
    }

    private void ConvolveBySlices(FilterDirection<T> filter, in WinogradTiles<T> tiles)
    {
        const int Channels = WinogradSliceJob<T>.Channels;
        (int inputStride, int outputStride) = (tiles.Input.PixelStride, tiles.Output.PixelStride);
        int tilesOfBatch = ConvolutionCost.TilesOfBatch(tiles.Count);
        int tilesOfPart = ConvolutionCost.TilesOfPart(filter.Inputs, tilesOfBatch);
        nint inputFloats = WinogradSliceJob<T>.InputFloats(tilesOfBatch, inputStride);
        nint scratchFloats = WinogradSliceJob<T>.ScratchFor(inputStride, outputStride, tilesOfPart);
        float* inputs = (float*)_scratch.Bytes((inputFloats + (scratchFloats * pool.Threads)) * sizeof(float));
        filter.Release();
        float* slice = (float*)_filterScratch.Bytes(WinogradPanels<T>.BytesFor(Channels, filter.Inputs));
        for (int first = 0; first < tiles.Count; first += tilesOfBatch)
        {
            WinogradBatch batch = new()
            {
                First = first,
                Count = Math.Min(tilesOfBatch, tiles.Count - first),
                Inputs = inputs,
                Scratch = inputs + inputFloats,
                ScratchFloats = scratchFloats,
            };
            WinogradInputJob<T> transform = new() { Tiles = tiles, Batch = batch };
            pool.Run(transform.Parts, ref transform);
            for (int channel = 0; channel < filter.Outputs; channel += Channels)
            {
                int channels = Math.Min(Channels, filter.Outputs - channel);
                filter.Write(FilterForm.Winograd, channel, channels, slice, pool);
                WinogradSliceJob<T> job = new()
                {
                    Tiles = tiles,
                    Batch = batch,
                    TilesOfPart = tilesOfPart,
                    Slice = new WinogradPanels<T>(slice, channels, filter.Inputs),
                    Channel = channel,
                };
                pool.Run(job.Parts, ref job);
            }
        }
    }

    private void ConvolveByTiles(
        FilterDirection<T> filter, CpuFeatureMap input, CpuFeatureMap output, Epilogue epilogue, FeatureBits? signs,
        Rows rows)
    {
        MapView view = new(input);
        int rowsOfPart = TileConvolutionJob<T>.RowsFor(view, rows.Count);
        nint scratchBytes = TileConvolutionJob<T>.ScratchFor(view, rowsOfPart);
        TileConvolutionJob<T> job = new()
        {
            Input = view,
            Output = new MapView(output),
            Kernel = units!.Multiply,
            Panels = new TilePanels(
                (ushort*)Form(filter, FilterForm.BFloat16, rows.Count, output.Shape.Width), filter.Inputs),
            Bias = filter.Bias,
            Epilogue = epilogue,
            Signs = new SignView(signs),
            Rows = rows,
            RowsOfPart = rowsOfPart,
            ScratchBytes = scratchBytes,
            Scratch = (byte*)_scratch.Bytes(scratchBytes * pool.Threads),
        };
        pool.Run((rows.Count + rowsOfPart - 1) / rowsOfPart, ref job);
    }

    private void ConvolveBackwardToPicture(
        FilterDirection<T> filter, CpuFeatureMap outputGradient, CpuFeatureMap pictureGradient, Rows rows)
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

    /// <summary>Returns a filter packed for a kernel: either kept with the filter, or packed each time into memory that
    /// all filters share.</summary>
    private float* Form(FilterDirection<T> filter, FilterForm form, int rows, int width)
    {
        if (ConvolutionCost.KeepsForm(form, filter.Inputs, filter.Outputs, rows, width))
        {
            return filter.Keep(form, pool);
        }

        filter.Release();
        float* numbers = (float*)_filterScratch.Bytes(filter.BytesOf(form));
        filter.Write(form, numbers, pool);
        return numbers;
    }
}
