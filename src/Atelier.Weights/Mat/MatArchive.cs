using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Atelier.Weights.Mat;

/// <summary>A MATLAB file of version 5 (<c>-v6</c> and <c>-v7</c> of MATLAB), the format in which MatConvNet saves
/// networks. Tensors are its arrays of real numbers of any type.</summary>
/// <remarks>A tensor is named by its path, with items counted from zero, as in <c>layers.0(conv1_1).weights.0</c> for
/// MATLAB's <c>layers{1}.weights{1}</c>: a structure whose field <c>name</c> contains text is followed by it in
/// parentheses. Shapes are as in MATLAB, (height, width, in, out) for filters; MATLAB omits trailing axes of length 1
/// beyond the second. Sparse and complex arrays, texts and functions are ignored. Files of version 7.3 are HDF5.
/// Source: MATLAB, MAT-File Format.</remarks>
internal sealed class MatArchive : IWeightArchive
{
    private const int HeaderBytes = 128;
    private const int RoomBytes = 1 << 16;
    private const int MaxTensors = 100_000;

    private readonly FileBytes _bytes;
    private readonly Dictionary<string, (MatStream Stream, MatNumbers Numbers)> _places = new(StringComparer.Ordinal);
    private MatStream? _open;

    private MatArchive(FileBytes bytes)
    {
        _bytes = bytes;
        CheckHeader(bytes);
        ImmutableArray<ArchivedTensor>.Builder tensors = ImmutableArray.CreateBuilder<ArchivedTensor>();
        for (long offset = HeaderBytes; offset < bytes.Length;)
            offset = ReadVariable(offset, tensors);
        Tensors = tensors.ToImmutable();
    }

    public ImmutableArray<ArchivedTensor> Tensors { get; }

    /// <summary>Lists the contents of a seekable stream, of which it takes ownership. If this fails, the stream still
    /// belongs to the caller.</summary>
    /// <exception cref="WeightFormatException">The contents are damaged or not a MAT file of version 5.</exception>
    internal static MatArchive Open(Stream stream) => new(new FileBytes(stream, "MAT"));

    public float[] Read(ArchivedTensor tensor)
    {
        (MatStream stream, MatNumbers numbers) = _places[tensor.Name];
        if (stream != _open)
        {
            _open?.Dispose();
            _open = stream;
        }

        stream.GoTo(numbers.Position);
        float[] values = new float[TensorShape.Count(numbers.Shape)];
        int width = MatNumber.BytesOf(numbers.Type);
        byte[] room = new byte[(int)Math.Min(RoomBytes, (long)values.Length * width)];
        ColumnMajor place = new(numbers.Shape);
        for (int done = 0; done < values.Length;)
        {
            int part = Math.Min(values.Length - done, room.Length / width);
            stream.Read(room.AsSpan(0, part * width));
            for (int i = 0; i < part; i++)
                values[place.Next()] = MatNumber.Read(room.AsSpan(i * width), numbers.Type);
            done += part;
        }

        return values;
    }

    public void Dispose()
    {
        _open?.Dispose();
        _bytes.Dispose();
    }

    private static void CheckHeader(FileBytes bytes)
    {
        byte[] header = bytes.Read(0, HeaderBytes, "header");
        string text = Encoding.Latin1.GetString(header, 0, 116);
        if (text.StartsWith("MATLAB 7.3", StringComparison.Ordinal))
        {
            throw bytes.Error(0, "this is a MAT file of version 7.3, which uses MATLAB's own layout of HDF5 and is " +
                "not supported. Load it in MATLAB and save it again with -v7.");
        }

        int version = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(124));
        string order = Encoding.Latin1.GetString(header, 126, 2);
        if (order == "MI")
        {
            throw bytes.Error(126, "this MAT file was written on a big-endian machine, which is not supported. " +
                "Load it in MATLAB and save it again with -v7.");
        }

        if (version != 0x100 || order != "IM")
        {
            throw bytes.Error(124, "a little-endian MAT file of version 5 was expected: " +
                $"version 256 and 'IM', found version {version} and other bytes.");
        }
    }

    private long ReadVariable(long offset, ImmutableArray<ArchivedTensor>.Builder tensors)
    {
        byte[] tag = _bytes.Read(offset, MatTag.Bytes, "tag of a variable");
        MatElementType type = (MatElementType)BinaryPrimitives.ReadUInt32LittleEndian(tag);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(tag.AsSpan(4));
        MatStream stream = type switch
        {
            MatElementType.Compressed => new MatStream(_bytes, offset + MatTag.Bytes, length, isCompressed: true),
            MatElementType.Matrix => new MatStream(_bytes, offset, MatTag.Bytes + length, isCompressed: false),
            _ => throw _bytes.Error(offset, $"a variable was expected, found element {type}."),
        };
        _open = stream;
        (string name, MatNode node) = MatIndex.Read(stream);
        stream.Dispose();

        // A variable without a name contains MATLAB's own data about objects.
        foreach ((string path, MatNumbers numbers) in name.Length == 0 ? [] : MatNames.Of(name, node))
        {
            if (tensors.Count == MaxTensors || !_places.TryAdd(path, (stream, numbers)))
            {
                throw _bytes.Error(offset, $"'{path}' occurs twice, or there are more than {MaxTensors} tensors.");
            }

            tensors.Add(new ArchivedTensor(path, numbers.Shape));
        }

        return offset + MatTag.Bytes + length;
    }
}
