using Atelier.Engine;

namespace Atelier.PublicApi.Tests.Engines;

/// <content>Networks.</content>
internal sealed partial class NaiveEngine
{
    public Filter CreateFilter(ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias, Precision precision)
        => new NaiveFilter(weights.Span, bias);

    public ConvolutionEstimate Estimate(Filter filter, bool isBackward, int rows, int width)
        => new(9.0 * filter.Inputs * filter.Outputs * rows * width, 0, 0);

    public void Normalize(
        Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output, Padding padding,
        Rows rows)
    {
        (int height, int width, _) = output.Shape;
        for (int y = -1; y <= height; y++)
        {
            int nearY = Math.Clamp(y, 0, height - 1);
            for (int x = -1; x <= width && nearY >= rows.First && nearY < rows.End; x++)
            {
                int nearX = Math.Clamp(x, 0, width - 1);
                bool isZero = padding == Padding.Zero && (y, x) != (nearY, nearX);
                for (int c = 0; c < 3; c++)
                {
                    float value = Of(picture)[(((c * height) + nearY) * width) + nearX];
                    Of(output).At(y, x)[c] = isZero ? 0 : (value - mean[c]) / std[c];
                }
            }
        }
    }

    public void NormalizeBackward(
        FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient, Padding padding, Rows rows)
    {
        (int height, int width, _) = outputGradient.Shape;
        float[] target = Of(pictureGradient);
        for (int c = 0; c < 3; c++)
            target.AsSpan(((c * height) + rows.First) * width, rows.Count * width).Clear();
        for (int y = -1; y <= height; y++)
        {
            int nearY = Math.Clamp(y, 0, height - 1);
            for (int x = -1; x <= width && nearY >= rows.First && nearY < rows.End; x++)
            {
                int nearX = Math.Clamp(x, 0, width - 1);
                if (padding == Padding.Replicate || (y, x) == (nearY, nearX))
                {
                    for (int c = 0; c < 3; c++)
                        target[(((c * height) + nearY) * width) + nearX] += Of(outputGradient).At(y, x)[c] / std[c];
                }
            }
        }
    }

    public void ConvolveRelu(Filter filter, FeatureMap input, FeatureMap output, FeatureBits? signs, Rows rows)
    {
        NaiveFilter weights = (NaiveFilter)filter;
        Parallel.ForEach(Positions(output.Shape, rows), position =>
        {
            (int y, int x) = position;
            double[] sums = Array.ConvertAll(weights.Bias, bias => (double)bias);
            for (int tap = 0; tap < 9; tap++)
            {
                ReadOnlySpan<float> values = Of(input).At(y + (tap / 3) - 1, x + (tap % 3) - 1);
                for (int i = 0; i < values.Length; i++)
                {
                    ReadOnlySpan<float> row = weights.At(tap / 3, tap % 3, i);
                    for (int o = 0; o < sums.Length; o++)
                        sums[o] += (double)row[o] * values[i];
                }
            }

            for (int o = 0; o < sums.Length; o++)
            {
                Of(output).At(y, x)[o] = (float)Math.Max(0, sums[o]);
                if (signs is not null)
                {
                    Of(signs).At(y, x)[o] = (byte)(sums[o] > 0 ? 1 : 0);
                }
            }
        });
    }

    public void ConvolveBackward(
        Filter filter, FeatureMap outputGradient, FeatureMap inputGradient, FeatureBits? inputSigns, Rows rows)
    {
        NaiveFilter weights = (NaiveFilter)filter;
        Shape shape = inputGradient.Shape;
        IEnumerable<(int Y, int X)> positions = shape.Channels > 4
            ? Positions(shape, rows)
            : Positions(
                shape,
                new Rows(rows.First == 0 ? -1 : rows.First, rows.End == shape.Height ? rows.End + 1 : rows.End),
                border: 1);
        Parallel.ForEach(positions, position =>
        {
            (int y, int x) = position;
            for (int i = 0; i < shape.Channels; i++)
            {
                double sum = 0;
                for (int tap = 0; tap < 9; tap++)
                {
                    ReadOnlySpan<float> gradient = Of(outputGradient).AtOrNone(y + 1 - (tap / 3), x + 1 - (tap % 3));
                    ReadOnlySpan<float> row = weights.At(tap / 3, tap % 3, i);
                    for (int o = 0; o < gradient.Length; o++)
                        sum += (double)row[o] * gradient[o];
                }

                bool passes = inputSigns is null || Of(inputSigns).At(y, x)[i] != 0;
                Of(inputGradient).At(y, x)[i] = passes ? (float)sum : 0;
            }
        });
    }

    public void Pool(Pooling pooling, FeatureMap input, FeatureMap output, FeatureBits? places, Rows rows)
    {
        foreach ((int y, int x) in Positions(output.Shape, rows))
        {
            for (int c = 0; c < output.Shape.Channels; c++)
            {
                float[] window =
                    [.. Enumerable.Range(0, 4).Select(i => Of(input).At((2 * y) + (i / 2), (2 * x) + (i % 2))[c])];
                int place = Array.IndexOf(window, window.Max());
                Of(output).At(y, x)[c] = pooling == Pooling.Max ? window[place] : window.Average();
                if (places is not null)
                {
                    Of(places).At(y, x)[c] = (byte)place;
                }
            }
        }
    }

    public void PoolBackward(
        Pooling pooling, FeatureMap outputGradient, FeatureBits? places, FeatureMap inputGradient,
        FeatureBits? inputSigns, Rows rows)
    {
        Shape shape = outputGradient.Shape;
        foreach ((int y, int x) in Positions(inputGradient.Shape, rows))
        {
            bool isSeen = y / 2 < shape.Height && x / 2 < shape.Width;
            for (int c = 0; c < shape.Channels; c++)
            {
                bool passes = isSeen && (inputSigns is null || Of(inputSigns).At(y, x)[c] != 0);
                float share = !passes ? 0
                    : pooling == Pooling.Average ? 0.25f
                    : Of(places!).At(y / 2, x / 2)[c] == (2 * (y % 2)) + (x % 2) ? 1 : 0;
                Of(inputGradient).At(y, x)[c] = passes ? share * Of(outputGradient).At(y / 2, x / 2)[c] : 0;
            }
        }
    }

    public void FillBorder(FeatureMap map, bool isTileable)
    {
        (int height, int width, _) = map.Shape;
        foreach ((int y, int x) in Positions(map.Shape, new Rows(-1, height + 1), border: 1))
        {
            if (y < 0 || x < 0 || y == height || x == width)
            {
                Span<float> target = Of(map).At(y, x);
                target.Clear();
                if (isTileable)
                {
                    Of(map).At((y + height) % height, (x + width) % width).CopyTo(target);
                }
            }
        }
    }

    public void Clear(FeatureMap map, Rows rows)
    {
        foreach ((int y, int x) in Positions(map.Shape, rows))
            Of(map).At(y, x).Clear();
    }

    public void Copy(FeatureMap source, FeatureMap target, Rows rows)
    {
        foreach ((int y, int x) in Positions(source.Shape, rows))
            Of(source).At(y, x).CopyTo(Of(target).At(y, x));
    }

    private static IEnumerable<(int Y, int X)> Positions(Shape shape, Rows rows, int border = 0)
    {
        for (int y = rows.First; y < rows.End; y++)
        {
            for (int x = -border; x < shape.Width + border; x++)
                yield return (y, x);
        }
    }
}
