using System.Collections.Immutable;

namespace Atelier.Weights.Hdf5;

/// <summary>Reads the values of a dataset of any layout.</summary>
internal sealed class DatasetReader
{
    private const int RoomBytes = 1 << 16;

    private readonly Hdf5File _file;
    private readonly FloatType _type;
    private readonly ImmutableArray<int> _shape;
    private readonly int _count;

    private DatasetReader(Hdf5File file, FloatType type, ImmutableArray<int> shape)
    {
        (_file, _type, _shape) = (file, type, shape);
        _count = TensorShape.Count(shape);
    }

    /// <summary>Returns the values of the dataset with a header, in row-major order.</summary>
    internal static float[] Read(Hdf5File file, ObjectHeader header, FloatType type, ImmutableArray<int> shape)
    {
        DatasetReader reader = new(file, type, shape);
        if (header.Has(MessageType.ExternalFiles))
        {
            throw header.First(MessageType.ExternalFiles)
                .Error("the values are in an external file, which is not supported");
        }

        FilterPipeline filters = header.Has(MessageType.Filters)
            ? FilterPipeline.Read(header.First(MessageType.Filters))
            : FilterPipeline.None;
        Cursor message = header.First(MessageType.Layout);
        if (reader._count == 0)
        {
            return [];
        }

        return DataLayout.Read(message) switch
        {
            CompactLayout layout => reader.ReadCompact(layout),
            ContiguousLayout layout => reader.ReadContiguous(layout),
            DataLayout layout => new ChunkReader(file, type, shape, (ChunkedLayout)layout, filters).Read(),
        };
    }

    private float[] ReadCompact(CompactLayout layout)
    {
        DemandBytes(layout.Numbers.Remaining, layout.Numbers.Error);
        float[] values = new float[_count];
        _type.Decode(layout.Numbers.Bytes(layout.Numbers.Remaining), values);
        return values;
    }

    private float[] ReadContiguous(ContiguousLayout layout)
    {
        if (layout.Address == Cursor.NoAddress)
        {
            throw _file.Error(0, "the numbers of this dataset were never written; the file only declares their " +
                "shape. The program that wrote it probably ended too early: save or download it again.");
        }

        DemandBytes(layout.Bytes, problem => _file.Error(layout.Address, $"numbers: {problem}."));
        _file.Demand(layout.Address, layout.Bytes, "numbers");
        float[] values = new float[_count];
        byte[] room = new byte[Math.Min(RoomBytes, layout.Bytes)];
        for (int done = 0; done < _count;)
        {
            int part = Math.Min(_count - done, room.Length / _type.Bytes);
            Span<byte> bytes = room.AsSpan(0, part * _type.Bytes);
            _file.Data(layout.Address + ((long)done * _type.Bytes), bytes, "numbers");
            _type.Decode(bytes, values.AsSpan(done, part));
            done += part;
        }

        return values;
    }

    private void DemandBytes(long found, Func<string, WeightFormatException> error)
    {
        long expected = (long)_count * _type.Bytes;
        if (found != expected)
        {
            throw error($"{expected} bytes were expected for shape [{string.Join(", ", _shape)}], found {found}");
        }
    }
}
