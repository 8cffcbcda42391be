using System.Collections.Immutable;

namespace Atelier.Weights.Hdf5;

/// <summary>An HDF5 file, the format in which Keras saves weights (<c>.h5</c>). Tensors are its datasets of
/// floating-point numbers, named by their paths: <c>block1_conv1/block1_conv1_W_1:0</c>. Other datasets and all
/// attributes are ignored; axes are as in the file.</summary>
/// <remarks>Reads superblocks 0 to 3; groups as symbol tables, as messages and as heaps; IEEE numbers of 2, 4 and 8
/// bytes in either order; layouts that are compact, contiguous, or in chunks; deflate, shuffle and fletcher32. Soft and
/// external links are not followed. A dataset with missing chunks is rejected. Source: the HDF5 File Format
/// Specification, version 3.0.</remarks>
internal sealed class Hdf5Archive : IWeightArchive
{
    private const int MaxTensors = 100_000;
    private const int MaxDepth = 32;
    private const int MaxCharacters = 512;

    private readonly FileBytes _bytes;
    private readonly Hdf5File _file;
    private readonly Dictionary<string, long> _headers = new(StringComparer.Ordinal);
    private readonly List<UnreadTensor> _unread = [];

    private Hdf5Archive(FileBytes bytes, bool verifiesChecksums)
    {
        _bytes = bytes;
        _file = new Hdf5File(bytes, verifiesChecksums);
        ImmutableArray<ArchivedTensor>.Builder tensors = ImmutableArray.CreateBuilder<ArchivedTensor>();
        Collect(_file.Root, "", 0, tensors);
        Tensors = tensors.ToImmutable();
        Unread = [.. _unread];
    }

    public ImmutableArray<ArchivedTensor> Tensors { get; }

    public ImmutableArray<UnreadTensor> Unread { get; }

    /// <summary>Lists the contents of a seekable stream, of which it takes ownership. If this fails, the stream still
    /// belongs to the caller.</summary>
    /// <exception cref="WeightFormatException">The contents are damaged or not HDF5.</exception>
    internal static Hdf5Archive Open(Stream stream, bool verifiesChecksums = true)
        => new(new FileBytes(stream, "HDF5"), verifiesChecksums);

    public float[] Read(ArchivedTensor tensor)
    {
        _file.BeginTask();
        try
        {
            ObjectHeader header = ObjectHeader.Read(_file, _headers[tensor.Name]);
            return DatasetReader.Read(_file, header, TypeOf(header, out _)!, tensor.Shape);
        }
        catch (WeightFormatException error)
        {
            throw new WeightFormatException($"tensor '{tensor.Name}': {error.Message}", error);
        }
    }

    public void Dispose() => _bytes.Dispose();

    private void Collect(long address, string path, int depth, ImmutableArray<ArchivedTensor>.Builder tensors)
    {
        if (depth > MaxDepth || path.Length > MaxCharacters || tensors.Count + _unread.Count == MaxTensors)
        {
            throw _file.Error(address, $"'{path}' lies deeper than {MaxDepth} groups, has a name of more than " +
                $"{MaxCharacters} characters, or comes after {MaxTensors} tensors.");
        }

        ObjectHeader header = ObjectHeader.Read(_file, address);
        if (Group.Is(header))
        {
            foreach (Link link in Group.Links(_file, header))
                Collect(link.Header, path.Length == 0 ? link.Name : $"{path}/{link.Name}", depth + 1, tensors);
        }
        else if (header.Has(MessageType.Dataspace)
            && (TypeOf(header, out string? integer) is not null || integer is not null)
            && Dataspace.Read(_file, header.First(MessageType.Dataspace)) is ImmutableArray<int> shape)
        {
            if (integer is not null)
            {
                _unread.Add(new UnreadTensor(path, integer, shape));
                return;
            }

            tensors.Add(_headers.TryAdd(path, address)
                ? new ArchivedTensor(path, shape)
                : throw _file.Error(address, $"dataset '{path}' occurs twice."));
        }
    }

    private static FloatType? TypeOf(ObjectHeader header, out string? integer)
        => FloatType.Read(header.First(MessageType.Datatype), out integer);
}
