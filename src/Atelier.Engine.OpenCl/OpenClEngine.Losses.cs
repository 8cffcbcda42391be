using System.Numerics;
using Atelier.Engine.OpenCl.Handles;
using Atelier.Engine.OpenCl.Runtime;
using Atelier.Engine.Statistics;

namespace Atelier.Engine.OpenCl;

/// <content>Losses on features.</content>
public sealed partial class OpenClEngine
{
    // Kernels/moments.cl: positions that are added up in single precision, and shares of the positions at most.
    private const int Run = 128, MinShares = 64, MaxShares = 512, MaxSharesOfTotals = 2048;

    // Sums of all shares, at most, unless there are fewer than MinShares.
    private const int MaxPartialSums = 1 << 21;

    // Work-items of a group along each side, and products of an item along each.
    private const int MomentSide = 8, MomentEach = 4;

    private static readonly string MomentDefines = $"SIDE={MomentSide} EACH={MomentEach} RUN={Run}";

    /// <inheritdoc/>
    public double SquaredDistance(FeatureMap a, FeatureMap b, Rows rows, PositionWeights? weights = null)
    {
        (OpenClFeatureMap first, OpenClFeatureMap second) = (Of(a), Of(b));
        return Sum(
            "squared_distance", CountOf(first, rows), first.Memory, first.Geometry, second.Memory, second.Geometry,
            Of(weights, first.Shape), weights is not null, rows.First);
    }

    /// <inheritdoc/>
    public void AddScaledDifference(
        FeatureMap a, FeatureMap b, float scale, FeatureMap gradient, Rows rows, PositionWeights? weights = null)
    {
        (OpenClFeatureMap first, OpenClFeatureMap second, OpenClFeatureMap target) = (Of(a), Of(b), Of(gradient));
        RunRows(
            "add_scaled_difference", rows, ValuesOfRow(target), first.Memory, first.Geometry, second.Memory,
            second.Geometry, scale, target.Memory, target.Geometry, Of(weights, target.Shape), weights is not null,
            rows.First);
    }

    /// <inheritdoc/>
    public void AddMoments(FeatureMap map, MomentSums sums, Rows rows, PositionWeights? weights = null)
    {
        ArgumentNullException.ThrowIfNull(sums);
        OpenClFeatureMap features = Of(map);
        DeviceBuffer? factors = Of(weights, features.Shape);
        sums.Count += weights?.Sum(rows) ?? (double)rows.Count * features.Shape.Width;
        AddProducts(features, features, 0, factors, rows, sums.Products);

        int channels = features.Shape.Channels;
        (int share, int shares) = Divide(features, rows, MaxSharesOfTotals);
        DeviceBuffer partial = _queue.Scratch("shares", 2L * sizeof(float) * shares * channels);
        _queue.Run(
            new KernelName("moments", "totals", MomentDefines), [TileShape.RoundUp(channels, Group), shares, 1],
            [Group, 1, 1], features.Memory, features.Geometry, factors, factors is not null, rows.First, rows.End,
            share, partial);
        AddShares(partial, shares, sums.Values);
    }

    /// <inheritdoc/>
    public void AddMomentsGradient(
        FeatureMap map, MomentGradient derivative, FeatureMap gradient, Rows rows, PositionWeights? weights = null)
    {
        ArgumentNullException.ThrowIfNull(derivative);
        OpenClFeatureMap features = Of(map);
        AddProduct(
            "PAIRED", features, Of(gradient), rows, Array.ConvertAll(derivative.Products, value => (float)(2 * value)),
            Array.ConvertAll(derivative.Values, value => (float)value), Of(weights, features.Shape),
            features, shift: 0, array: null);
    }

    /// <inheritdoc/>
    public void AddCrossMoments(
        FeatureMap deeper, FeatureMap shallower, float shift, double[] products, PositionWeights? weights = null)
    {
        OpenClFeatureMap map = Of(shallower);
        AddProducts(Of(deeper), map, shift, Of(weights, map.Shape), Rows.All(map), products);
    }

    /// <inheritdoc/>
    public void AddCrossMomentsGradient(
        FeatureMap map, FeatureMap other, float shift, double[] derivative, FeatureMap gradient, Rows rows,
        PositionWeights? weights = null)
    {
        (OpenClFeatureMap features, OpenClFeatureMap paired) = (Of(map), Of(other));
        float[] matrix = Array.ConvertAll(derivative, value => (float)value), bias = new float[features.Shape.Channels];
        if (features.Shape.Area >= paired.Shape.Area)
        {
            AddProduct(
                "PAIRED", features, Of(gradient), rows, matrix, bias, Of(weights, features.Shape), paired, shift,
                array: null);
            return;
        }

        long count = (long)rows.Count * features.Shape.Width * paired.Shape.Channels;
        DeviceBuffer sums = _queue.Scratch("pairs", count * sizeof(float));
        RunRows(
            "gather_pairs", rows, features.Shape.Width * paired.Shape.Channels, paired.Memory, paired.Geometry,
            features.Geometry, shift, Of(weights, paired.Shape), weights is not null, sums, rows.First);
        AddProduct("PLAIN", features, Of(gradient), rows, matrix, bias, null, null, shift: 0, sums);
    }

    /// <summary>gradient += weight × (matrixᵀ·(o + shift) + bias), through the ReLU whose output the features
    /// are.</summary>
    private void AddProduct(
        string source, OpenClFeatureMap features, OpenClFeatureMap gradient, Rows rows, float[] matrix, float[] bias,
        DeviceBuffer? weights, OpenClFeatureMap? paired, float shift, DeviceBuffer? array)
        => RunProduct(
            $"{source} ADDED", new Product(gradient, new Int4(rows.First, 0, rows.Count, features.Shape.Width))
            {
                Source = paired,
                Array = array,
                Shift = shift,
                Matrix = _queue.Scratch<float>("matrix", matrix),
                Depth = matrix.Length / bias.Length,
                Bias = _queue.Scratch<float>("bias", bias),
                Features = features,
                Weights = weights,
            });

    private void AddProducts(
        OpenClFeatureMap deeper, OpenClFeatureMap shallower, float shift, DeviceBuffer? weights, Rows rows,
        double[] products)
    {
        const int Tile = MomentSide * MomentEach;
        int step = RowsWithin(rows.Count, (long)shallower.Shape.Width * products.Length);
        for (int row = rows.First; row < rows.End; row += step)
        {
            Rows some = new(row, Math.Min(row + step, rows.End));
            (int share, int shares) = Divide(
                shallower, some, Math.Clamp(MaxPartialSums / products.Length, MinShares, MaxShares));
            DeviceBuffer partial = _queue.Scratch("shares", 2L * sizeof(float) * shares * products.Length);
            _queue.Run(
                new KernelName("moments", "products", MomentDefines),
                [
                    TileShape.RoundUp(shallower.Shape.Channels, Tile) / MomentEach,
                    TileShape.RoundUp(deeper.Shape.Channels, Tile) / MomentEach, shares,
                ],
                [MomentSide, MomentSide, 1],
                deeper.Memory, deeper.Geometry, shallower.Memory, shallower.Geometry, shift, weights,
                weights is not null, some.First, some.End, share, deeper == shallower, partial);
            AddShares(partial, shares, products, deeper == shallower ? deeper.Shape.Channels : 0);
        }
    }

    /// <summary>Adds up the sums of all shares, and adds these to those of the host.</summary>
    /// <param name="partial">The sums of each share.</param>
    /// <param name="shares">Number of shares.</param>
    /// <param name="sums">The sums of the host.</param>
    /// <param name="symmetric">The rows of a symmetric matrix, whose upper triangle is a copy of the lower; 0 if the
    /// sums are no such matrix.</param>
    private void AddShares(DeviceBuffer partial, int shares, double[] sums, int symmetric = 0)
    {
        DeviceBuffer total = _queue.Scratch("totals", 2L * sizeof(float) * sums.Length);
        RunEach(
            new KernelName("moments", "add_shares", MomentDefines), sums.Length, partial, sums.Length, shares, total);
        Vector2[] values = new Vector2[sums.Length];
        _queue.Read<Vector2>(total, values);
        for (int i = 0; i < values.Length; i++)
        {
            (int row, int column) = symmetric > 0 ? Math.DivRem(i, symmetric) : (0, 0);
            Vector2 value = values[column > row ? (column * symmetric) + row : i];
            sums[i] += (double)value.X + value.Y;
        }
    }

    /// <summary>Divides the positions of some rows into shares of whole runs.</summary>
    private static (int Share, int Shares) Divide(OpenClFeatureMap map, Rows rows, int maxShares)
    {
        long positions = (long)rows.Count * map.Shape.Width;
        long share = TileShape.RoundUp((positions + maxShares - 1) / maxShares, Run);
        return ((int)share, (int)((positions + share - 1) / share));
    }
}
