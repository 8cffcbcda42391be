using Atelier.Engine.Cpu.Kernels;
using Atelier.Engine.Statistics;

namespace Atelier.Engine.Cpu;

internal sealed unsafe partial class CpuEngine<T>
{
    // A row of zeros as wide as the widest register tile.
    private readonly MemoryBlock _zeros = new(64 * sizeof(float));

    public void FillBorder(FeatureMap map, bool isTileable)
    {
        using Use use = new(this);
        FillBorderJob job = new() { Map = new MapView(map), IsTileable = isTileable };
        pool.Run(1, ref job);
    }

    public void Clear(FeatureMap map, Rows rows)
    {
        using Use use = new(this);
        FillRowJob job = new() { Target = new MapView(map), Source = new MapView(map), Clears = true };
        pool.Run(rows, ref job);
    }

    public void Copy(FeatureMap source, FeatureMap target, Rows rows)
    {
        using Use use = new(this);
        FillRowJob job = new() { Target = new MapView(target), Source = new MapView(source), Clears = false };
        pool.Run(rows, ref job);
    }

    public double SquaredDistance(FeatureMap a, FeatureMap b, Rows rows, PositionWeights? weights = null)
    {
        using Use use = new(this);
        double* sums = (double*)_scratch.Bytes(rows.Count * sizeof(double));
        SquaredDistanceJob<T> job = new()
        {
            A = new MapView(a),
            B = new MapView(b),
            Weights = WeightsOf(CpuFeatureMap.From(a), weights),
            Sums = sums - rows.First,
        };
        pool.Run(rows, ref job);
        return Sum(sums, rows.Count);
    }

    public void AddScaledDifference(
        FeatureMap a, FeatureMap b, float scale, FeatureMap gradient, Rows rows, PositionWeights? weights = null)
    {
        using Use use = new(this);
        AddScaledDifferenceJob<T> job = new()
        {
            A = new MapView(a),
            B = new MapView(b),
            Scale = scale,
            Weights = WeightsOf(CpuFeatureMap.From(a), weights),
            Gradient = new MapView(gradient),
        };
        pool.Run(rows, ref job);
    }

    public void AddMoments(FeatureMap map, MomentSums sums, Rows rows, PositionWeights? weights = null)
    {
        using Use use = new(this);
        CpuFeatureMap own = CpuFeatureMap.From(map);
        MapView view = new(own);
        float* weight = WeightsOf(own, weights);
        int rowsOfChunk = MomentsJob<T>.RowsOfChunkFor(rows.Count, view.Width);
        int chunks = (rows.Count + rowsOfChunk - 1) / rowsOfChunk;
        int channels = view.PixelStride;
        nint partialFloats = chunks * (channels + (nint)1) * channels;
        nint roomFloats = weights is null ? 0 : MomentsJob<T>.RoomFor(channels);
        float* partials = (float*)_scratch.Bytes((partialFloats + (roomFloats * pool.Threads)) * sizeof(float));
        MomentsJob<T> job = new()
        {
            Map = view,
            Rows = rows,
            RowsOfChunk = rowsOfChunk,
            Groups = MomentsJob<T>.GroupsFor(channels),
            Partials = partials,
            Zeros = (float*)_zeros.Address,
            Weights = weight,
            Room = partials + partialFloats,
            RoomFloats = roomFloats,
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

        sums.Count += weights?.Sum(rows) ?? ((double)rows.Count * map.Shape.Width);
    }

    public void AddMomentsGradient(
        FeatureMap map, MomentGradient derivative, FeatureMap gradient, Rows rows, PositionWeights? weights = null)
    {
        using Use use = new(this);
        CpuFeatureMap own = CpuFeatureMap.From(map);
        MomentsGradientJob<T> job =
            NewGradientJob(own, own, gradient, derivative.Products, scale: 2, derivative.Values, weights);
        Run(job with { Rows = rows });
    }

    /// <summary>Creates a job whose rows are not set yet.</summary>
    private MomentsGradientJob<T> NewGradientJob(
        CpuFeatureMap source, CpuFeatureMap map, FeatureMap gradient, ReadOnlySpan<double> matrix, double scale,
        ReadOnlySpan<double> constant, PositionWeights? weights = null)
    {
        int depth = source.PixelStride, channels = map.PixelStride;
        float* weight = WeightsOf(map, weights);
        nint packedFloats = (depth + (nint)1) * channels;
        nint roomFloats = weights is null ? 0 : MomentsGradientJob<T>.RoomFor(depth);
        float* packed = (float*)_scratch.Bytes((packedFloats + (roomFloats * pool.Threads)) * sizeof(float));
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
            Weights = weight,
            Room = packed + packedFloats,
            RoomFloats = roomFloats,
        };
    }

    private void Run(MomentsGradientJob<T> job)
        => pool.Run((job.Rows.Count + job.RowsOfPart - 1) / job.RowsOfPart, ref job);

    private static float* WeightsOf(CpuFeatureMap map, PositionWeights? weights)
    {
        if (weights is not null && (weights.Height, weights.Width) != (map.Shape.Height, map.Shape.Width))
        {
            throw new ArgumentException(
                $"Weights of {weights.Height}x{weights.Width} do not match a map of {map.Shape}.", nameof(weights));
        }

        return weights is null ? null : CpuWeightPlane.From(weights).Origin;
    }

    private static double Sum(double* values, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += values[i];
        return sum;
    }
}
