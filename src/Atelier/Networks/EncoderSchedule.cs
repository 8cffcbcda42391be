using System.Collections.Immutable;
using System.Diagnostics;
using Atelier.Engine;
using Atelier.Layers;

namespace Atelier.Networks;

/// <summary>The order in which an encoder processes a picture, and the memory that this needs. It is computed from
/// shapes alone, so that a run can be planned without executing it.</summary>
/// <remarks>Rows are pulled on demand: a band of the last banded layer requests the rows that it needs from the
/// previous layer, and so on up to the picture; in the backward pass, a band of the picture's gradient requests rows
/// from the deeper layers. Only the features selected by <see cref="EncoderLayout.RecomputedLayers"/> are computed
/// twice.</remarks>
internal sealed class EncoderSchedule
{
    private const int None = -1;

    private readonly ImmutableArray<Layer> _layers;
    private readonly ImmutableArray<Shape> _shapes;
    private readonly ImmutableHashSet<int> _taps;
    private readonly EncoderLayout _layout;
    private readonly List<EncoderOperation> _operations = [];
    private readonly List<Shape> _maps = [];

    internal EncoderSchedule(EncoderGeometry geometry, EncoderLayout layout)
    {
        (_layers, _shapes, _taps, _layout) = (geometry.Layers, geometry.Shapes, geometry.FeatureLayers, layout);
        Progress features = NewProgress(_layers.Length);
        ScheduleForward(features);
        ForwardOperations = _operations.Count;
        if (geometry.NeedsGradient)
        {
            ScheduleBackward(features);
        }

        Operations = WithKeptRows(geometry.KeepsFeatures ? _taps : [], out ImmutableArray<MapLifetime> maps);
        Maps = maps;
    }

    /// <summary>All operations: first those of the forward pass, then those of the backward pass.</summary>
    internal ImmutableArray<EncoderOperation> Operations { get; }

    /// <summary>Number of operations in the forward pass.</summary>
    internal int ForwardOperations { get; }

    /// <summary>The maps that the operations read and write.</summary>
    internal ImmutableArray<MapLifetime> Maps { get; }

    /// <summary>Number of rows of each map that a pass has computed. Map 0 is the input, map i + 1 layer i's
    /// output.</summary>
    private readonly record struct Progress(int FirstMap, int[] Done);

    private void ScheduleForward(Progress features)
    {
        int banded = _layout.BandedLayers, band = _layout.BandRows;
        foreach (Layer layer in _layers[..banded])
            band = Math.Max(1, band / layer.Stride);
        for (int end = band; banded > 0 && end < _shapes[banded].Height; end += band)
            Advance(features, banded, end, isFirstTime: true);
        Advance(features, _layers.Length, _shapes[^1].Height, isFirstTime: true);

        // A pool drops an odd last row, but losses on the layers before it still need it.
        foreach (int tap in _taps.Order())
            Advance(features, tap + 1, _shapes[tap + 1].Height, isFirstTime: true);
    }

    private void ScheduleBackward(Progress features)
    {
        Progress recomputed = NewProgress(_layout.RecomputedLayers), gradients = NewProgress(_layers.Length);
        int banded = _layout.BandedLayers, height = _shapes[0].Height;
        void Descend(int map, int end)
        {
            end = map < _layers.Length ? Math.Min(RoundUp(end, _layers[map].Stride), _shapes[map].Height) : end;
            Rows rows = new(gradients.Done[map], end);
            if (rows.Count <= 0)
            {
                return;
            }

            int target = gradients.FirstMap + map;
            if (map == _layers.Length)
            {
                _operations.Add(new EncoderOperation(EncoderOperationKind.Clear, map - 1, None, target, rows));
            }
            else
            {
                Descend(map + 1, _layers[map].OutputRows(rows, _shapes[map + 1].Height).End);
                _operations.Add(new EncoderOperation(EncoderOperationKind.Backward, map, target + 1, target, rows));
            }

            gradients.Done[map] = end;
            if (_taps.Contains(map - 1))
            {
                bool isRecomputed = map <= _layout.RecomputedLayers;
                if (isRecomputed)
                {
                    Advance(recomputed, map, end, isFirstTime: false);
                }

                int source = (isRecomputed ? recomputed : features).FirstMap + map;
                _operations.Add(new EncoderOperation(EncoderOperationKind.AddGradient, map - 1, source, target, rows));
            }
        }

        if (banded < _layers.Length)
        {
            Descend(banded, _shapes[banded].Height);
        }

        int band = banded == 0 ? height : _layout.BandRows;
        for (int first = 0; first < height; first += band)
        {
            Rows rows = new(first, Math.Min(first + band, height));
            Descend(0, rows.End);
            _operations.Add(new EncoderOperation(
                EncoderOperationKind.NormalizeBackward, None, gradients.FirstMap, None, rows));
        }
    }

    /// <summary>Computes a map up to a row, after computing what it needs from the maps before it.</summary>
    private void Advance(Progress features, int map, int end, bool isFirstTime)
    {
        Rows rows = new(features.Done[map], end);
        if (rows.Count <= 0)
        {
            return;
        }

        int target = features.FirstMap + map;
        if (map == 0)
        {
            _operations.Add(new EncoderOperation(EncoderOperationKind.Normalize, None, None, target, rows));
        }
        else
        {
            Advance(features, map - 1, _layers[map - 1].InputRows(rows, _shapes[map - 1].Height).End, isFirstTime);
            _operations.Add(new EncoderOperation(EncoderOperationKind.Forward, map - 1, target - 1, target, rows));
        }

        features.Done[map] = end;
        if (isFirstTime && _taps.Contains(map - 1))
        {
            _operations.Add(new EncoderOperation(EncoderOperationKind.Measure, map - 1, target, None, rows));
        }
    }

    private static int RoundUp(int rows, int unit) => (rows + unit - 1) / unit * unit;

    private Progress NewProgress(int layers)
    {
        Progress progress = new(_maps.Count, new int[layers + 1]);
        _maps.AddRange(_shapes[..(layers + 1)]);
        return progress;
    }

    /// <summary>Traverses the operations backward to find the rows that are still needed, which determines the
    /// windows.</summary>
    /// <param name="held">Layers whose whole features are needed until the end.</param>
    private ImmutableArray<EncoderOperation> WithKeptRows(IEnumerable<int> held, out ImmutableArray<MapLifetime> maps)
    {
        EncoderOperation[] operations = [.. _operations];
        int[] keepFrom = new int[_maps.Count], windows = new int[_maps.Count];
        int[] first = new int[_maps.Count], last = new int[_maps.Count];
        Array.Fill(keepFrom, int.MaxValue);
        Array.Fill(last, None);
        foreach (int tap in held)
            (keepFrom[tap + 1], last[tap + 1]) = (0, operations.Length - 1);
        for (int i = operations.Length - 1; i >= 0; i--)
        {
            EncoderOperation operation = operations[i];
            foreach (int map in (int[])[operation.Source, operation.Target])
            {
                if (map != None)
                {
                    (first[map], last[map]) = (i, Math.Max(last[map], i));
                }
            }

            if (operation.Source != None)
            {
                keepFrom[operation.Source] = Math.Min(keepFrom[operation.Source], RowsRead(operation).First);
            }

            if (operation.Target != None)
            {
                int kept = Math.Min(keepFrom[operation.Target], operation.Rows.First);
                operations[i] = operation with { KeepFrom = kept };
                windows[operation.Target] = Math.Max(windows[operation.Target], operation.Rows.End - kept);
            }
        }

        maps = [.. _maps.Select((shape, i) => new MapLifetime(shape, windows[i], first[i], last[i]))];
        return [.. operations];
    }

    private Rows RowsRead(EncoderOperation operation) => operation.Work switch
    {
        EncoderOperationKind.Forward
            => _layers[operation.Layer].InputRows(operation.Rows, _shapes[operation.Layer].Height),
        EncoderOperationKind.Backward
            => _layers[operation.Layer].OutputRows(operation.Rows, _shapes[operation.Layer + 1].Height),
        EncoderOperationKind.Normalize or EncoderOperationKind.Measure or EncoderOperationKind.Clear
            or EncoderOperationKind.AddGradient or EncoderOperationKind.NormalizeBackward
            => operation.Rows,
        EncoderOperationKind unknown => throw new UnreachableException($"There is no work {unknown}."),
    };
}
