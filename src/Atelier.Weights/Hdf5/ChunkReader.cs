using System.Collections.Immutable;
using Atelier.Primitives;

namespace Atelier.Weights.Hdf5;

/// <summary>Assembles a dataset from its chunks.</summary>
internal sealed class ChunkReader
{
    private readonly Hdf5File _file;
    private readonly FloatType _type;
    private readonly ImmutableArray<int> _shape;
    private readonly int[] _strides;
    private readonly ChunkedLayout _layout;
    private readonly FilterPipeline _filters;
    private readonly long[] _grid;
    private readonly ImmutableArray<int> _chunkShape;
    private readonly int[] _chunkStrides;
    private readonly int _chunkCount;

    internal ChunkReader(
        Hdf5File file, FloatType type, ImmutableArray<int> shape, ChunkedLayout layout, FilterPipeline filters)
    {
        (_file, _type, _shape, _layout, _filters) = (file, type, shape, layout, filters);
        string found = $"[{string.Join(", ", layout.ChunkShape)}] of {layout.ValueBytes} bytes";
        if (layout.ChunkShape.Length != shape.Length || layout.ValueBytes != type.Bytes
            || layout.ChunkShape.Contains(0)
            || TensorShape.TryCreate(layout.ChunkShape) is not ImmutableArray<int> chunkShape
            || TensorShape.Count(chunkShape) > Array.MaxLength / 2 / type.Bytes)
        {
            throw file.Error(0, $"chunks: for shape [{string.Join(", ", shape)}] of {type.Bytes} bytes, " +
                $"smaller chunks of as many axes were expected, found {found}.");
        }

        _chunkShape = chunkShape;
        _strides = TensorShape.Strides(shape);
        _chunkStrides = TensorShape.Strides(chunkShape);
        _chunkCount = TensorShape.Count(chunkShape);
        _grid = [.. shape.Select((length, axis) => (length + (long)chunkShape[axis] - 1) / chunkShape[axis])];
    }

    internal float[] Read()
    {
        long chunkBytes = (long)_chunkCount * _type.Bytes;
        List<Chunk> chunks = _layout.Address == Cursor.NoAddress ? [] :
            [.. new ChunkIndex(_file, _layout, _grid, chunkBytes, !_filters.IsEmpty).Chunks()
                .Where(chunk => chunk.Address != Cursor.NoAddress)];
        Check(chunks, chunkBytes);
        float[] values = new float[TensorShape.Count(_shape)];
        float[] chunkValues = new float[_chunkCount];
        foreach (Chunk chunk in chunks)
        {
            byte[] stored = _file.Data(chunk.Address, chunk.Bytes, "chunk");
            FilterPipeline filters = _layout.FiltersEdges || !IsAtEdge(chunk) ? _filters : FilterPipeline.None;
            _type.Decode(filters.Undo(_file, chunk, stored, (int)chunkBytes), chunkValues);
            Place(chunk, chunkValues, values, axis: 0, from: 0, to: 0);
        }

        return values;
    }

    /// <summary>Checks that every chunk exists, and that together they can contain as many values as the shape
    /// declares, before memory is allocated for these.</summary>
    private void Check(List<Chunk> chunks, long chunkBytes)
    {
        HashSet<long> places = [];
        long stored = 0;
        foreach (Chunk chunk in chunks)
        {
            long place = 0;
            for (int axis = 0; axis < _grid.Length; axis++)
            {
                if (chunk.Corner[axis] >= _grid[axis])
                {
                    throw _file.Error(chunk.Address, "chunk: lies outside its dataset.");
                }

                place = (place * _grid[axis]) + chunk.Corner[axis];
            }

            _file.Demand(chunk.Address, chunk.Bytes, "chunk");
            stored += chunk.Bytes;
            if (!places.Add(place) || stored > _file.Length || _filters.MaxBytes(chunk) < chunkBytes)
            {
                throw _file.Error(chunk.Address, "chunk: overlaps another chunk, or is too short.");
            }
        }

        long expected = _grid.Aggregate(1L, (count, length) => count * length);
        if (chunks.Count != expected)
        {
            throw _file.Error(0, $"only {chunks.Count} of the {Count.Of(expected, "chunk")} of this dataset were " +
                "ever written; HDF5 puts a fill value in place of the others. The program that wrote the file " +
                "probably ended too early: save or download it again.");
        }
    }

    private bool IsAtEdge(Chunk chunk)
        => chunk.Corner.Where((corner, axis) => (corner + 1) * _chunkShape[axis] > _shape[axis]).Any();

    /// <summary>Copies the part of a chunk that lies within the dataset, one axis after another.</summary>
    private void Place(Chunk chunk, float[] source, float[] target, int axis, int from, int to)
    {
        int first = (int)chunk.Corner[axis] * _chunkShape[axis];
        int length = Math.Min(_chunkShape[axis], _shape[axis] - first);
        to += first * _strides[axis];
        if (axis == _shape.Length - 1)
        {
            source.AsSpan(from, length).CopyTo(target.AsSpan(to));
            return;
        }

        for (int i = 0; i < length; i++)
            Place(chunk, source, target, axis + 1, from + (i * _chunkStrides[axis]), to + (i * _strides[axis]));
    }
}
