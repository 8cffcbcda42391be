using Atelier.Guides;

namespace Atelier.Regions;

/// <summary>The connected components of a label map, and which of them are adjacent.</summary>
internal sealed class ConnectedComponents
{
    private readonly LabelMap _map;
    private readonly int[] _patchAt;
    private readonly List<int> _labels = [], _sizes = [], _mergedInto = [];
    private readonly List<Dictionary<int, int>> _borders = [];

    private ConnectedComponents(LabelMap map)
    {
        (_map, _patchAt) = (map, new int[map.Labels.Length]);
        Array.Fill(_patchAt, -1);
        for (int i = 0; i < _patchAt.Length; i++)
        {
            if (_patchAt[i] < 0)
            {
                Flood(i);
            }
        }

        for (int i = 0; i < _patchAt.Length; i++)
        {
            if ((i + 1) % map.Width != 0)
            {
                Meet(_patchAt[i], _patchAt[i + 1]);
            }

            if (i + map.Width < _patchAt.Length)
            {
                Meet(_patchAt[i], _patchAt[i + map.Width]);
            }
        }
    }

    /// <summary>Merges every component smaller than the given number of pixels, smallest first, into the label with
    /// which it shares the longest border.</summary>
    internal static LabelMap Merge(LabelMap map, int minPixels)
    {
        ConnectedComponents islands = new(map);
        islands.MergeBelow(minPixels);
        return map with { Labels = Array.ConvertAll(islands._patchAt, patch => islands._labels[islands.Find(patch)]) };
    }

    private void Flood(int seed)
    {
        int patch = _labels.Count, label = _map.Labels[seed], size = 0;
        Stack<int> open = new([seed]);
        _patchAt[seed] = patch;
        void Visit(int pixel)
        {
            if (_patchAt[pixel] < 0 && _map.Labels[pixel] == label)
            {
                _patchAt[pixel] = patch;
                open.Push(pixel);
            }
        }

        while (open.TryPop(out int pixel))
        {
            size++;
            int x = pixel % _map.Width;
            if (x > 0) Visit(pixel - 1);
            if (x + 1 < _map.Width) Visit(pixel + 1);
            if (pixel >= _map.Width) Visit(pixel - _map.Width);
            if (pixel + _map.Width < _patchAt.Length) Visit(pixel + _map.Width);
        }

        _labels.Add(label);
        _sizes.Add(size);
        _mergedInto.Add(patch);
        _borders.Add([]);
    }

    private void Meet(int one, int other)
    {
        if (one != other)
        {
            _borders[one][other] = _borders[one].GetValueOrDefault(other) + 1;
            _borders[other][one] = _borders[other].GetValueOrDefault(one) + 1;
        }
    }

    private void MergeBelow(int minPixels)
    {
        PriorityQueue<int, (int Size, int Patch)> small = new();
        void Enqueue(int patch)
        {
            if (_sizes[patch] < minPixels)
            {
                small.Enqueue(patch, (_sizes[patch], patch));
            }
        }

        for (int patch = 0; patch < _labels.Count; patch++)
            Enqueue(patch);
        while (small.TryDequeue(out int patch, out (int Size, int) queued))
        {
            bool isCurrent = _mergedInto[patch] == patch && _sizes[patch] == queued.Size;
            if (isCurrent && _borders[patch].Count > 0)
            {
                Enqueue(JoinNeighbors(patch));
            }
        }
    }

    /// <summary>Merges a component with its neighbors of the label with which it shares the longest border.</summary>
    private int JoinNeighbors(int patch)
    {
        int label = _borders[patch].GroupBy(border => _labels[border.Key])
            .OrderByDescending(group => group.Sum(border => border.Value)).ThenBy(group => group.Key).First().Key;
        int[] joined = [.. _borders[patch].Keys.Where(neighbor => _labels[neighbor] == label)];
        int target = joined.MaxBy(neighbor => (_sizes[neighbor], -neighbor));
        foreach (int merged in joined.Append(patch).Where(each => each != target))
        {
            _sizes[target] += _sizes[merged];
            _mergedInto[merged] = target;
            foreach ((int neighbor, int length) in _borders[merged])
            {
                _borders[neighbor].Remove(merged);
                if (neighbor != target)
                {
                    _borders[target][neighbor] = _borders[target].GetValueOrDefault(neighbor) + length;
                    _borders[neighbor][target] = _borders[target][neighbor];
                }
            }
        }

        return target;
    }

    private int Find(int patch)
    {
        while (_mergedInto[patch] != patch)
            patch = _mergedInto[patch];
        return patch;
    }
}
