using System.Globalization;
using Atelier.Engine.OpenCl.Handles;
using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl;

/// <content>Losses on nearest neighbors.</content>
public sealed partial class OpenClEngine
{
    // Work-items for each position, in kernels that go through its channels.
    private const int Lanes = 32;

    // Groups that a compute unit is given, so that it can wait for one and compute another.
    private const int GroupsOfUnit = 4;

    // The directions of so many bytes are compared with the bank at a time.
    private const long MaxDirectionBytes = 64L << 20;

    private static readonly string NeighborDefines = string.Create(
        CultureInfo.InvariantCulture, $"LANES={Lanes} EPSILON={IEngine.DirectionEpsilon:R}f");

    /// <inheritdoc/>
    public FeatureBank CreateBank(int channels, ReadOnlySpan<float> vectors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (vectors.Length == 0 || vectors.Length % channels != 0)
        {
            throw new ArgumentException($"{vectors.Length} values are not vectors of {channels}.", nameof(vectors));
        }

        return new OpenClFeatureBank(channels, vectors.Length / channels, _queue.Create(vectors));
    }

    /// <inheritdoc/>
    public long BytesOfBank(int channels, int count) => (long)channels * count * sizeof(float);

    /// <inheritdoc/>
    public NeighborMap CreateNeighbors(int height, int width)
        => new OpenClNeighborMap(height, width, _queue.Create(BytesOfNeighbors(height, width)));

    /// <inheritdoc/>
    public long BytesOfNeighbors(int height, int width) => (long)height * width * sizeof(int);

    /// <inheritdoc/>
    public void Read(NeighborMap source, Span<int> target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, source.Height * source.Width);
        _queue.Read(Of(source), target);
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<int> source, NeighborMap target)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, target.Height * target.Width);
        _queue.Write(source, Of(target));
    }

    /// <inheritdoc/>
    public void FindNeighbors(
        CenteredFeatures features, NeighborGuide? guide, FeatureBank bank, ReadOnlySpan<float> offsets,
        NeighborMap neighbors, Rows rows)
    {
        OpenClFeatureMap map = Of(features.Map);
        OpenClFeatureBank vectors = Of(bank);
        ArgumentOutOfRangeException.ThrowIfNotEqual(offsets.Length, vectors.Count);
        DeviceBuffer mean = _queue.Scratch("mean", features.Mean.Span), shifts = _queue.Scratch("offsets", offsets);
        CenteredFeatures? other = guide?.Features;
        DeviceBuffer? guideMean = other is null ? null : _queue.Scratch("guide mean", other.Value.Mean.Span);
        OpenClFeatureMap? guideMap = other is null ? null : Of(other.Value.Map);
        (_, int width, int channels) = map.Shape;
        long rowBytes = (long)width * channels * sizeof(float);
        int step = RowsWithin(
            (int)Math.Min(MaxDirectionBytes / rowBytes, rows.Count), (long)width * channels * vectors.Count);
        DeviceBuffer directions = _queue.Scratch("directions", step * rowBytes);
        for (int row = rows.First; row < rows.End; row += step)
        {
            int count = Math.Min(step, rows.End - row) * width;
            _queue.Run(
                new KernelName("neighbors", "directions", NeighborDefines), (long)count * Lanes, Lanes, map.Memory,
                map.Geometry, mean, guideMap?.Memory, guideMap?.Geometry ?? default, guideMean, guide is not null,
                guide?.Share ?? 0, Of(guide?.Weights, map.Shape), guide?.Weights is not null, row, directions);
            Search(directions, count, vectors, shifts, Of(neighbors), row * width);
        }
    }

    /// <summary>Compares directions with a bank, in as many slices as keep the device busy. The result does not depend
    /// on their number.</summary>
    private void Search(
        DeviceBuffer directions, int count, OpenClFeatureBank bank, DeviceBuffer offsets, DeviceBuffer neighbors,
        int firstPosition)
    {
        long groups = _tiles.ItemsM(count) / _tiles.GroupM;
        int wanted = (int)Math.Max(1, GroupsOfUnit * Device.ComputeUnits / groups);
        int slice = (int)TileShape.RoundUp((bank.Count + wanted - 1) / wanted, _tiles.N);
        int slices = (bank.Count + slice - 1) / slice;
        DeviceBuffer values = _queue.Scratch("slice values", (long)slices * count * sizeof(float));
        DeviceBuffer places = _queue.Scratch("slice places", (long)slices * count * sizeof(int));
        _queue.Run(
            new KernelName("search", "find_neighbors", _tiles.Defines), [_tiles.GroupN, _tiles.ItemsM(count), slices],
            [_tiles.GroupN, _tiles.GroupM, 1], directions, count, bank.Memory, bank.Count, bank.Channels, offsets,
            slice, values, places);
        RunEach(
            new KernelName("search", "take_best", _tiles.Defines), count, values, places, count, slices, neighbors,
            firstPosition);
    }

    /// <inheritdoc/>
    public double NeighborDistance(
        CenteredFeatures features, FeatureBank bank, NeighborMap neighbors, Rows rows, PositionWeights? weights = null)
    {
        OpenClFeatureMap map = Of(features.Map);
        long positions = (long)rows.Count * map.Shape.Width;
        DeviceBuffer mean = _queue.Scratch("mean", features.Mean.Span);
        DeviceBuffer distances = _queue.Scratch("distances", positions * sizeof(float));
        _queue.Run(
            new KernelName("neighbors", "distances", NeighborDefines), positions * Lanes, Lanes, map.Memory,
            map.Geometry, mean, Of(bank).Memory, Of(neighbors), Of(weights, map.Shape), weights is not null, rows.First,
            distances);
        return Sum("total", positions, distances);
    }

    /// <inheritdoc/>
    public void AddNeighborGradient(
        CenteredFeatures features, FeatureBank bank, NeighborMap neighbors, float scale, FeatureMap gradient, Rows rows,
        PositionWeights? weights = null)
    {
        (OpenClFeatureMap map, OpenClFeatureMap target) = (Of(features.Map), Of(gradient));
        DeviceBuffer mean = _queue.Scratch("mean", features.Mean.Span);
        _queue.Run(
            new KernelName("neighbors", "add_gradient", NeighborDefines),
            (long)rows.Count * map.Shape.Width * Lanes, Lanes, map.Memory, map.Geometry, mean, Of(bank).Memory,
            Of(neighbors), scale, Of(weights, map.Shape), weights is not null, rows.First, target.Memory,
            target.Geometry);
    }

    private static OpenClFeatureBank Of(FeatureBank bank) => bank as OpenClFeatureBank ?? throw ForeignHandle(bank);

    private static DeviceBuffer Of(NeighborMap neighbors)
        => (neighbors as OpenClNeighborMap ?? throw ForeignHandle(neighbors)).Memory;
}
