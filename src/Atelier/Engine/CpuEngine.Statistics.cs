using Atelier.Engine.Kernels;
using Atelier.Statistics;
using Atelier.Tensors;

namespace Atelier.Engine;

internal sealed unsafe partial class CpuEngine<T>
{
    // As many zeros as the widest register tile has columns.
    private readonly MemoryBlock _zeros = new(64 * sizeof(float));

    public void Clear(FeatureMap map, Rows rows)
    {
        FillRowJob job = new() { Target = new MapView(map), Source = new MapView(map), Clears = true };
        pool.Run(rows, ref job);
    }

    public void Copy(FeatureMap source, FeatureMap target, Rows rows)
    {
        FillRowJob job = new() { Target = new MapView(target), Source = new MapView(source), Clears = false };
        pool.Run(rows, ref job);
    }

    public double SquaredDistance(FeatureMap a, FeatureMap b, Rows rows)
    {
        double* sums = (double*)_scratch.Bytes(rows.Count * sizeof(double));
        SquaredDistanceJob<T> job = new() { A = new MapView(a), B = new MapView(b), Sums = sums - rows.First };
        pool.Run(rows, ref job);
        return Sum(sums, rows.Count);
    }

    public void AddScaledDifference(FeatureMap a, FeatureMap b, float scale, FeatureMap gradient, Rows rows)
    {
        AddScaledDifferenceJob<T> job = new()
        {
            A = new MapView(a),
            B = new MapView(b),
            Scale = scale,
            Gradient = new MapView(gradient),
        };
        pool.Run(rows, ref job);
    }

    public void AddMoments(FeatureMap map, MomentSums sums, Rows rows)
    {
        MapView view = new(map);
        int rowsOfChunk = MomentsJob<T>.RowsOfChunkFor(rows.Count, view.Width);
        int chunks = (rows.Count + rowsOfChunk - 1) / rowsOfChunk;
        int channels = view.PixelStride;
        float* partials = (float*)_scratch.Bytes(chunks * (channels + 1L) * channels * sizeof(float));
        MomentsJob<T> job = new()
        {
            Map = view,
            Rows = rows,
            RowsOfChunk = rowsOfChunk,
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

        sums.Count += (double)rows.Count * map.Shape.Width;
    }

    public void AddMomentsGradient(FeatureMap map, MomentGradient derivative, FeatureMap gradient, Rows rows)
    {
        MomentsGradientJob<T> job =
            NewGradientJob(map, map, gradient, derivative.Products, scale: 2, derivative.Values);
        Run(job with { Rows = rows });
    }

    /// <summary>A job for rows that are still to be named.</summary>
    private MomentsGradientJob<T> NewGradientJob(
        FeatureMap source, FeatureMap map, FeatureMap gradient, ReadOnlySpan<double> matrix, double scale,
        ReadOnlySpan<double> constant)
    {
        int depth = source.PixelStride, channels = map.PixelStride;
        float* packed = (float*)_scratch.Bytes((depth + 1L) * channels * sizeof(float));
        float* packedConstant = packed + ((nint)depth * channels);
        new Span<float>(packed, (depth + 1) * channels).Clear();
        MomentsGradientJob<T>.Pack(matrix, scale, source, map, packed);
        for (int i = 0; i < constant.Length; i++)
            packedConstant[i] = (float)constant[i];
        return new MomentsGradientJob<T>
        {
            Source = new MapView(source),
            Map = new MapView(map),
            Gradient = new MapView(gradient),
            Matrix = packed,
            Constant = packedConstant,
            Rows = default,
            RowsOfPart = MomentsGradientJob<T>.RowsFor(map.Shape.Width, depth, channels),
        };
    }

    private void Run(MomentsGradientJob<T> job)
        => pool.Run((job.Rows.Count + job.RowsOfPart - 1) / job.RowsOfPart, ref job);

    private static double Sum(double* values, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += values[i];
        return sum;
    }
}
