using System.Numerics;
using Atelier.Engine.OpenCl.Handles;
using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl;

/// <content>Networks, forward and backward.</content>
public sealed partial class OpenClEngine
{
    // Multiply-adds in the time that it takes to start the kernels of a convolution.
    private const double LaunchWork = 1e8;

    // A map of up to so many channels is a picture, whose border has values too.
    private const int MaxPictureChannels = 4;

    /// <inheritdoc/>
    public Filter CreateFilter(
        ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias, Precision precision = Precision.Auto)
    {
        if (precision is not (Precision.Auto or Precision.Single))
        {
            throw new ArgumentException($"The engine 'opencl' has no precision '{precision}'.", nameof(precision));
        }

        if (bias.Length == 0 || weights.Length == 0 || weights.Length % (OpenClFilter.Taps * bias.Length) != 0)
        {
            throw new ArgumentException(
                $"{weights.Length} weights are not 9 for each input of {bias.Length} outputs.", nameof(weights));
        }

        return new OpenClFilter(weights, bias, _queue);
    }

    /// <inheritdoc/>
    public ConvolutionEstimate Estimate(Filter filter, bool isBackward, int rows, int width)
    {
        OpenClFilter weights = Of(filter);
        long pairs = (long)filter.Inputs * filter.Outputs;
        bool isTransformed = IsTransformed(weights);
        int places = isTransformed ? WinogradFilter.Places : OpenClFilter.Taps;
        return new(
            LaunchWork + ((double)OpenClFilter.Taps * pairs * rows * width), places * pairs * sizeof(float),
            isTransformed ? ScratchBytes(weights, rows, width) : 0);
    }

    /// <inheritdoc/>
    public void Normalize(
        Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output, Padding padding,
        Rows rows)
    {
        OpenClFeatureMap map = Of(output);
        Rows all = map.WithBorder(rows);
        RunRows(
            "normalize_picture", all, map.Shape.Width + 2, Of(picture), map.Memory, map.Geometry, Three(mean),
            Three(std), padding == Padding.Replicate, all.First);
    }

    /// <inheritdoc/>
    public void NormalizeBackward(
        FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient, Padding padding, Rows rows)
    {
        OpenClFeatureMap map = Of(outputGradient);
        RunRows(
            "normalize_backward", rows, map.Shape.Width, map.Memory, map.Geometry, Three(std),
            padding == Padding.Replicate, Of(pictureGradient), rows.First);
    }

    /// <inheritdoc/>
    public void ConvolveRelu(Filter filter, FeatureMap input, FeatureMap output, FeatureBits? signs, Rows rows)
    {
        (OpenClFeatureMap from, OpenClFeatureMap to) = (Of(input), Of(output));
        OpenClFilter weights = Of(filter);
        if (IsTransformed(weights))
        {
            Convolve(weights, isBackward: false, from, to, Of(signs), rows);
        }
        else
        {
            RunProduct("CONVOLVE RELU", new Product(to, new Int4(rows.First, 0, rows.Count, to.Shape.Width))
            {
                Source = from,
                Matrix = weights.Plain(isBackward: false),
                Depth = OpenClFilter.Taps * weights.Inputs,
                Bias = weights.Bias,
                Signs = Of(signs),
            });
        }

        ClearBorder(to, rows);
    }

    /// <inheritdoc/>
    public void ConvolveBackward(
        Filter filter, FeatureMap outputGradient, FeatureMap inputGradient, FeatureBits? inputSigns, Rows rows)
    {
        OpenClFilter weights = Of(filter);
        (OpenClFeatureMap from, OpenClFeatureMap to) = (Of(outputGradient), Of(inputGradient));
        bool isPicture = to.Shape.Channels <= MaxPictureChannels;
        if (IsTransformed(weights))
        {
            Convolve(weights, isBackward: true, from, to, Of(inputSigns), rows);
        }
        else
        {
            Rows all = isPicture ? to.WithBorder(rows) : rows;
            int border = isPicture ? 1 : 0;
            Int4 region = new(all.First, -border, all.Count, to.Shape.Width + (2 * border));
            RunProduct(isPicture ? "CONVOLVE PICTURE" : "CONVOLVE MASKED", new Product(to, region)
            {
                Source = from,
                Matrix = weights.Plain(isBackward: true),
                Depth = OpenClFilter.Taps * weights.Outputs,
                Signs = Of(inputSigns),
            });
        }

        if (!isPicture)
        {
            ClearBorder(to, rows);
        }
    }

    /// <inheritdoc/>
    public void Pool(Pooling pooling, FeatureMap input, FeatureMap output, FeatureBits? places, Rows rows)
    {
        (OpenClFeatureMap from, OpenClFeatureMap to) = (Of(input), Of(output));
        RunRows(
            "pool", rows, ValuesOfRow(to), from.Memory, from.Geometry, to.Memory, to.Geometry, Of(places),
            places is not null, pooling == Pooling.Average, rows.First);
        ClearBorder(to, rows);
    }

    /// <inheritdoc/>
    public void PoolBackward(
        Pooling pooling, FeatureMap outputGradient, FeatureBits? places, FeatureMap inputGradient,
        FeatureBits? inputSigns, Rows rows)
    {
        (OpenClFeatureMap from, OpenClFeatureMap to) = (Of(outputGradient), Of(inputGradient));
        RunRows(
            "pool_backward", rows, ValuesOfRow(to), from.Memory, from.Geometry, Of(places), to.Memory, to.Geometry,
            Of(inputSigns), inputSigns is not null, pooling == Pooling.Average, rows.First);
        ClearBorder(to, rows);
    }

    /// <inheritdoc/>
    public void FillBorder(FeatureMap map, bool isTileable)
    {
        OpenClFeatureMap target = Of(map);
        (int height, int width, int channels) = target.Shape;
        RunEach(
            new KernelName("maps", "fill_border"), 2 * (width + 2 + height) * channels, target.Memory, target.Geometry,
            isTileable);
    }

    /// <inheritdoc/>
    public void Clear(FeatureMap map, Rows rows)
    {
        OpenClFeatureMap target = Of(map);
        Rows all = target.WithBorder(rows);
        _queue.Fill(target.Memory, target.OffsetOf(all.First), all.Count * target.RowBytes);
    }

    /// <inheritdoc/>
    public void Copy(FeatureMap source, FeatureMap target, Rows rows)
    {
        (OpenClFeatureMap from, OpenClFeatureMap to) = (Of(source), Of(target));
        Rows all = to.WithBorder(rows);
        _queue.Copy(
            from.Memory, from.OffsetOf(all.First), to.Memory, to.OffsetOf(all.First), all.Count * to.RowBytes);
    }

    /// <summary>Sets the border beside some rows to zero, and that above the first and below the last.</summary>
    private void ClearBorder(OpenClFeatureMap map, Rows rows)
    {
        RunRows("clear_sides", rows, 2 * map.Shape.Channels, map.Memory, map.Geometry, rows.First);
        Rows all = map.WithBorder(rows);
        if (all.First < rows.First)
        {
            _queue.Fill(map.Memory, map.OffsetOf(all.First), map.RowBytes);
        }

        if (all.End > rows.End)
        {
            _queue.Fill(map.Memory, map.OffsetOf(rows.End), map.RowBytes);
        }
    }

    private static long CountOf(OpenClFeatureMap map, Rows rows)
        => (long)rows.Count * ValuesOfRow(map);

    private static int ValuesOfRow(OpenClFeatureMap map) => map.Shape.Width * map.Shape.Channels;

    private static Vector4 Three(ReadOnlySpan<float> values) => new(values[0], values[1], values[2], 0);

    private static OpenClFilter Of(Filter filter) => filter as OpenClFilter ?? throw ForeignHandle(filter);
}
