using Atelier.Engine.Cpu.Kernels;

namespace Atelier.Engine.Cpu;

internal sealed unsafe partial class CpuEngine<T>
{
    private static readonly int BankGroupWidth = RegisterTiles<T>.GroupSize(4) * T.Count;

    public FeatureBank CreateBank(int channels, ReadOnlySpan<float> vectors)
        => new CpuFeatureBank(channels, vectors, BankGroupWidth);

    public long BytesOfBank(int channels, int count) => CpuFeatureBank.BytesFor(channels, count);

    public NeighborMap CreateNeighbors(int height, int width) => new CpuNeighborMap(height, width);

    public long BytesOfNeighbors(int height, int width) => CpuNeighborMap.BytesFor(height, width);

    public void Read(NeighborMap source, Span<int> target)
    {
        CpuNeighborMap own = CpuNeighborMap.From(source);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, own.Height * own.Width, nameof(target));
        for (int row = 0; row < own.Height; row++)
            own.Row(row).CopyTo(target[(row * own.Width)..]);
    }

    public void Write(ReadOnlySpan<int> source, NeighborMap target)
    {
        CpuNeighborMap own = CpuNeighborMap.From(target);
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, own.Height * own.Width, nameof(source));
        for (int row = 0; row < own.Height; row++)
            source.Slice(row * own.Width, own.Width).CopyTo(own.Row(row));
    }

    public void FindNeighbors(
        CenteredFeatures features, NeighborGuide? guide, FeatureBank bank, ReadOnlySpan<float> offsets,
        NeighborMap neighbors, Rows rows)
    {
        using Use use = new(this);
        (CpuFeatureBank own, CpuNeighborMap found) = (BankFor(features, bank), MapFor(features, neighbors));
        ArgumentOutOfRangeException.ThrowIfNotEqual(offsets.Length, own.Count, nameof(offsets));
        if (guide is NeighborGuide given && given.Features.Map.Shape != features.Map.Shape)
        {
            throw new ArgumentException(
                $"A guide of {given.Features.Map.Shape} does not match a map of {features.Map.Shape}.", nameof(guide));
        }

        int step = own.PixelStride;
        nint roomFloats = FindNeighborsJob<T>.RoomFor(step);
        float* start = (float*)_scratch.Bytes(
            (own.Columns + (2L * step) + (roomFloats * pool.Threads)) * sizeof(float));
        float* means = start + own.Columns;
        own.WriteStart(offsets, start);
        CenteredView view = Centered(features, means);
        int rowsOfPart = FindNeighborsJob<T>.RowsFor(features.Map.Shape.Width);
        FindNeighborsJob<T> job = new()
        {
            Features = view,
            Guide = guide is null ? view : Centered(guide.Value.Features, means + step),
            Share = guide?.Share ?? 0,
            ShareWeights = WeightsOf(CpuFeatureMap.From(features.Map), guide?.Weights),
            Panels = own.Panels,
            Start = start,
            Columns = own.Columns,
            Neighbors = found.Origin,
            Rows = rows,
            RowsOfPart = rowsOfPart,
            Room = means + (2 * step),
        };
        pool.Run((rows.Count + rowsOfPart - 1) / rowsOfPart, ref job);
    }

    public double NeighborDistance(
        CenteredFeatures features, FeatureBank bank, NeighborMap neighbors, Rows rows, PositionWeights? weights = null)
    {
        using Use use = new(this);
        int step = BankFor(features, bank).PixelStride;
        float* mean = (float*)_scratch.Bytes((step * sizeof(float)) + (rows.Count * sizeof(double)));
        double* sums = (double*)(mean + step);
        NeighborDistanceJob<T> job = new()
        {
            Positions = Positions(features, bank, neighbors, weights, mean),
            Sums = sums - rows.First,
        };
        pool.Run(rows, ref job);
        return Sum(sums, rows.Count);
    }

    public void AddNeighborGradient(
        CenteredFeatures features, FeatureBank bank, NeighborMap neighbors, float scale, FeatureMap gradient, Rows rows,
        PositionWeights? weights = null)
    {
        using Use use = new(this);
        float* mean = (float*)_scratch.Bytes(BankFor(features, bank).PixelStride * sizeof(float));
        NeighborGradientJob<T> job = new()
        {
            Positions = Positions(features, bank, neighbors, weights, mean),
            Scale = scale,
            Gradient = new MapView(gradient),
        };
        pool.Run(rows, ref job);
    }

    private static NeighborRow Positions(
        CenteredFeatures features, FeatureBank bank, NeighborMap neighbors, PositionWeights? weights, float* mean)
        => new(
            Centered(features, mean), BankFor(features, bank).Vectors, MapFor(features, neighbors).Origin,
            WeightsOf(CpuFeatureMap.From(features.Map), weights));

    /// <summary>The features with their mean copied to memory that a job may read.</summary>
    private static CenteredView Centered(CenteredFeatures features, float* mean)
    {
        CpuFeatureMap map = CpuFeatureMap.From(features.Map);
        ArgumentOutOfRangeException.ThrowIfNotEqual(features.Mean.Length, map.Shape.Channels, nameof(features));
        Span<float> padded = new(mean, map.PixelStride);
        padded.Clear();
        features.Mean.Span.CopyTo(padded);
        return new CenteredView(new MapView(map), mean);
    }

    private static CpuFeatureBank BankFor(CenteredFeatures features, FeatureBank bank)
        => bank.Channels == features.Map.Shape.Channels
            ? CpuFeatureBank.From(bank)
            : throw new ArgumentException(
                $"A bank of {bank.Channels} channels does not match a map of {features.Map.Shape}.", nameof(bank));

    private static CpuNeighborMap MapFor(CenteredFeatures features, NeighborMap neighbors)
        => (neighbors.Height, neighbors.Width) == (features.Map.Shape.Height, features.Map.Shape.Width)
            ? CpuNeighborMap.From(neighbors)
            : throw new ArgumentException(
                $"Neighbors of {neighbors.Height}x{neighbors.Width} do not match a map of {features.Map.Shape}.",
                nameof(neighbors));
}
