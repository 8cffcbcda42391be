using Atelier.Engine.Kernels;
using Atelier.Statistics;
using Atelier.Tensors;

namespace Atelier.Engine;

internal sealed unsafe partial class CpuEngine<T>
{
    // As many zeros as the widest register tile has columns.
    private readonly MemoryBlock _zeros = new(64 * sizeof(float));

    public void Clear(FeatureMap map)
    {
        FillRowJob job = new() { Target = new MapView(map), Source = new MapView(map), Clears = true };
        pool.Run(map.Shape.Height, ref job);
    }

    public void Copy(FeatureMap source, FeatureMap target)
    {
        FillRowJob job = new() { Target = new MapView(target), Source = new MapView(source), Clears = false };
        pool.Run(target.Shape.Height, ref job);
    }

    public double SquaredDistance(FeatureMap a, FeatureMap b)
    {
        double* sums = (double*)_scratch.Bytes(a.Shape.Height * sizeof(double));
        SquaredDistanceJob<T> job = new() { A = new MapView(a), B = new MapView(b), Sums = sums };
        pool.Run(a.Shape.Height, ref job);
        return Sum(sums, a.Shape.Height);
    }

    public void AddScaledDifference(FeatureMap a, FeatureMap b, float scale, FeatureMap gradient)
    {
        AddScaledDifferenceJob<T> job = new()
        {
            A = new MapView(a),
            B = new MapView(b),
            Scale = scale,
            Gradient = new MapView(gradient),
        };
        pool.Run(a.Shape.Height, ref job);
    }

    public void AddMoments(FeatureMap map, MomentSums sums)
    {
        MapView view = new(map);
        int rows = MomentsJob<T>.RowsOfChunkFor(view.Height, view.Width), chunks = (view.Height + rows - 1) / rows;
        int channels = view.PixelStride;
        float* partials = (float*)_scratch.Bytes(chunks * (channels + 1L) * channels * sizeof(float));
        MomentsJob<T> job = new()
        {
            Map = view,
            RowsOfChunk = rows,
            Groups = MomentsJob<T>.GroupsFor(channels),
            Partials = partials,
            Zeros = (float*)_zeros.Address,
        };
        pool.Run(chunks * job.Groups, ref job);
        fixed (double* products = sums.Products, values = sums.Values)
        {
            MomentsReductionJob reduction = new()
            {
                Partials = partials,
                Chunks = chunks,
                Channels = sums.Channels,
                PaddedChannels = channels,
                Products = products,
                Values = values,
            };
            pool.Run(sums.Channels, ref reduction);
        }

        sums.Count += map.Shape.Area;
    }

    public void AddMomentsGradient(FeatureMap map, MomentGradient derivative, FeatureMap gradient)
    {
        int channels = map.Shape.Channels, padded = map.PixelStride;
        float* matrix = (float*)_scratch.Bytes((padded + 1L) * padded * sizeof(float));
        float* constant = matrix + ((nint)padded * padded);
        new Span<float>(matrix, (padded + 1) * padded).Clear();
        MomentsGradientJob<T>.Pack(derivative.Products, channels, padded, matrix);
        for (int i = 0; i < channels; i++)
            constant[i] = (float)derivative.Values[i];
        int rows = MomentsGradientJob<T>.RowsFor(map.Shape.Width, padded);
        MomentsGradientJob<T> job = new()
        {
            Map = new MapView(map),
            Gradient = new MapView(gradient),
            Matrix = matrix,
            Constant = constant,
            RowsOfPart = rows,
        };
        pool.Run((map.Shape.Height + rows - 1) / rows, ref job);
    }

    private static double Sum(double* values, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += values[i];
        return sum;
    }
}
