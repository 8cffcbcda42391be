using Atelier.Engine.Kernels;
using Atelier.Tensors;

namespace Atelier.Engine;

/// <summary>Convolutions, each by the kernel that suits its shape and the filter's precision.</summary>
internal sealed unsafe partial class CpuEngine<T>
{
    public void ConvolveRelu(IFilter filter, FeatureMap input, FeatureMap output, BitMap? signs)
    {
        CpuFilter<T> both = (CpuFilter<T>)filter;
        Convolve(both.Forward, both.Precision, input, output, Epilogue.Relu, signs);
    }

    public void ConvolveBackward(
        IFilter filter, FeatureMap outputGradient, FeatureMap inputGradient, BitMap? inputSigns)
    {
        CpuFilter<T> both = (CpuFilter<T>)filter;
        Epilogue epilogue = inputSigns is null ? Epilogue.None : Epilogue.ReluBackward;
        Convolve(both.Backward, both.Precision, outputGradient, inputGradient, epilogue, inputSigns);
    }

    private void Convolve(
        FilterDirection<T> filter, Precision precision, FeatureMap input, FeatureMap output,
        Epilogue epilogue, BitMap? signs)
    {
        (int height, int width, _) = output.Shape;
        if (precision == Precision.BFloat16 && ConvolutionCost.PrefersTiles(filter.Inputs, filter.Outputs))
        {
            ConvolveByTiles(filter, input, output, epilogue, signs);
        }
        else if (ConvolutionCost.PrefersWinograd(filter.Inputs, filter.Outputs, height, width))
        {
            ConvolveByWinograd(filter, input, output, epilogue, signs);
        }
        else
        {
            ConvolveDirectly(filter, input, output, epilogue, signs);
        }
    }

    private void ConvolveDirectly(
        FilterDirection<T> filter, FeatureMap input, FeatureMap output, Epilogue epilogue, BitMap? signs)
    {
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

    private void ConvolveByTiles(
        FilterDirection<T> filter, FeatureMap input, FeatureMap output, Epilogue epilogue, BitMap? signs)
    {
        MapView view = new(input);
        int rows = TileConvolutionJob<T>.RowsFor(view);
        nint scratchBytes = TileConvolutionJob<T>.ScratchFor(view, rows);
        TileConvolutionJob<T> job = new()
        {
            Input = view,
            Output = new MapView(output),
            Kernel = units!.Multiply,
            Panels = filter.Tiles(pool),
            Bias = filter.Bias,
            Epilogue = epilogue,
            Signs = new SignView(signs),
            FirstRow = 0,
            EndRow = output.Shape.Height,
            RowsOfPart = rows,
            ScratchBytes = scratchBytes,
            Scratch = (byte*)_scratch.Bytes(scratchBytes * pool.Threads),
        };
        pool.Run((output.Shape.Height + rows - 1) / rows, ref job);
    }
}
