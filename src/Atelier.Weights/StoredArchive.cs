using System.Collections.Immutable;

namespace Atelier.Weights;

/// <summary>A weight file in which the location of every tensor is known.</summary>
internal sealed class StoredArchive : IWeightArchive
{
    private const int MaxTensors = 100_000;

    private readonly Stream _stream;
    private readonly Dictionary<ArchivedTensor, StoredTensor> _stored = new(ReferenceEqualityComparer.Instance);

    /// <summary>Takes ownership of the stream.</summary>
    internal StoredArchive(Stream stream, IEnumerable<(string Name, StoredTensor Tensor)> tensors)
    {
        _stream = stream;
        List<UnreadTensor> unread = [];
        foreach ((string name, StoredTensor tensor) in tensors)
        {
            if (tensor.UnreadType is string type)
            {
                unread.Add(new UnreadTensor(name, type, tensor.Shape));
            }
            else
            {
                _stored.Add(new ArchivedTensor(name, tensor.Shape), tensor);
            }

            if (_stored.Count + unread.Count > MaxTensors)
            {
                throw new WeightFormatException($"more than {MaxTensors} tensors; a network has far fewer.");
            }
        }

        Tensors = [.. _stored.Keys];
        Unread = [.. unread];
    }

    public ImmutableArray<ArchivedTensor> Tensors { get; }

    public ImmutableArray<UnreadTensor> Unread { get; }

    public float[] Read(ArchivedTensor tensor)
    {
        try
        {
            return _stored[tensor].Read();
        }
        catch (WeightFormatException error)
        {
            throw new WeightFormatException($"tensor '{tensor.Name}': {error.Message}", error);
        }
    }

    public void Dispose() => _stream.Dispose();
}
