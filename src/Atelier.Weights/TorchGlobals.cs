namespace Atelier.Weights;

/// <summary>The allowed names in a PyTorch state dict: ordered dictionaries, storages, and tensors, which are views of
/// them.</summary>
/// <param name="storageOf">Returns the bytes of a storage by its key, or null if they follow later.</param>
internal sealed class TorchGlobals(Func<string, ByteSource?> storageOf) : PickleGlobals
{
    private static readonly Dictionary<string, object> Known = new(StringComparer.Ordinal)
    {
        ["collections.OrderedDict"] = (PickleFunction)OrderedDictionary,
        ["torch.Size"] = (PickleFunction)(arguments => Argument<object?[]>(arguments, 0)),
        ["torch._utils._rebuild_tensor"] = (PickleFunction)Tensor,
        ["torch._utils._rebuild_tensor_v2"] = (PickleFunction)Tensor,
        ["torch._utils._rebuild_parameter"] = (PickleFunction)(arguments => Argument<TorchTensor>(arguments, 0)),
        ["torch.FloatStorage"] = new TorchType(4, WeightType.F32),
        ["torch.HalfStorage"] = new TorchType(2, WeightType.F16),
        ["torch.BFloat16Storage"] = new TorchType(2, WeightType.BF16),
        ["torch.DoubleStorage"] = new TorchType(8, WeightType.F64),
        ["torch.LongStorage"] = new TorchType(8, null),
        ["torch.IntStorage"] = new TorchType(4, null),
        ["torch.ShortStorage"] = new TorchType(2, null),
        ["torch.CharStorage"] = new TorchType(1, null),
        ["torch.ByteStorage"] = new TorchType(1, null),
        ["torch.BoolStorage"] = new TorchType(1, null),
    };

    /// <summary>The storages that have been referenced, by their keys.</summary>
    internal Dictionary<string, TorchStorage> Storages { get; } = new(StringComparer.Ordinal);

    internal override object Find(string name)
        => Known.TryGetValue(name, out object? value) ? value : throw Unknown(name);

    internal override object? Load(object? identity)
    {
        if (identity is not object?[] parts || Argument<PickleText>(parts, 0).Value != "storage")
        {
            throw new WeightFormatException("pickle: refers to something that is not a storage.");
        }

        if (parts.Length > 5 && parts[5] is not null)
        {
            throw new WeightFormatException("torch: views of storages are not supported. Save the file again.");
        }

        string key = Argument<PickleText>(parts, 2).Value;
        if (!Storages.TryGetValue(key, out TorchStorage? storage))
        {
            storage = new TorchStorage(Argument<TorchType>(parts, 1)) { Bytes = storageOf(key) };
            Storages.Add(key, storage);
        }

        return storage;
    }

    private static PickleDictionary OrderedDictionary(object?[] arguments)
    {
        PickleDictionary dictionary = new();
        foreach (object? pair in arguments.Length == 0 ? [] : Argument<List<object?>>(arguments, 0))
        {
            dictionary.Items.Add(pair switch
            {
                object?[] { Length: 2 } tuple => (tuple[0], tuple[1]),
                List<object?> { Count: 2 } list => (list[0], list[1]),
                _ => throw new WeightFormatException("pickle: the items of a dictionary are not pairs."),
            });
        }

        return dictionary;
    }

    private static TorchTensor Tensor(object?[] arguments) => new(
        Argument<TorchStorage>(arguments, 0), Argument<long>(arguments, 1),
        Integers(Argument<object?[]>(arguments, 2)), Integers(Argument<object?[]>(arguments, 3)));
}

/// <summary>The type of the values in a storage.</summary>
/// <param name="BytesPerValue">Length of a value.</param>
/// <param name="Type">How a value is stored; null for integers.</param>
internal sealed record TorchType(int BytesPerValue, WeightType? Type);

/// <summary>A sequence of values, of which any number of tensors can be views.</summary>
internal sealed class TorchStorage(TorchType type)
{
    internal TorchType Type => type;

    /// <summary>Its bytes, once their location is known.</summary>
    internal ByteSource? Bytes { get; set; }
}

/// <summary>A view of a storage.</summary>
internal sealed class TorchTensor(TorchStorage storage, long offset, long[] shape, long[] strides) : IPickledTensor
{
    public StoredTensor? Tensor
    {
        get
        {
            if (storage.Type.Type is not WeightType type)
            {
                return null;
            }

            ByteSource bytes = storage.Bytes ?? throw ByteSource.CutOff();
            return offset >= 0 && offset <= bytes.Length
                ? new StoredTensor(bytes, offset * storage.Type.BytesPerValue, type, shape, strides)
                : throw ByteSource.CutOff();
        }
    }
}
