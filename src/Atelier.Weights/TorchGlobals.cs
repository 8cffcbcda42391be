namespace Atelier.Weights;

/// <summary>The allowed names in a PyTorch state dict: storages, and tensors, which are views of them.</summary>
/// <param name="storageOf">Returns the bytes of a storage by its key, or null if they follow later.</param>
internal sealed class TorchGlobals(Func<string, ByteSource?> storageOf) : PickleGlobals
{
    private static readonly Dictionary<string, object> Known = new(StringComparer.Ordinal)
    {
        ["torch.Size"] = (PickleFunction)(arguments => Argument<object?[]>(arguments, 0)),
        ["torch._utils._rebuild_tensor"] = (PickleFunction)Tensor,
        ["torch._utils._rebuild_tensor_v2"] = (PickleFunction)Tensor,
        ["torch._utils._rebuild_parameter"] = (PickleFunction)First,
        ["torch._utils._rebuild_parameter_with_state"] = (PickleFunction)First,
        ["torch._utils._rebuild_tensor_v3"] = (PickleFunction)Tensor,
        ["torch._utils._rebuild_qtensor"] = (PickleFunction)Tensor,
        ["torch._tensor._rebuild_from_type_v2"] = (PickleFunction)OfSubclass,
        ["torch.FloatStorage"] = new TorchType(4, "float32", WeightType.F32),
        ["torch.HalfStorage"] = new TorchType(2, "float16", WeightType.F16),
        ["torch.BFloat16Storage"] = new TorchType(2, "bfloat16", WeightType.BF16),
        ["torch.DoubleStorage"] = new TorchType(8, "float64", WeightType.F64),
        ["torch.LongStorage"] = new TorchType(8, "int64", null),
        ["torch.IntStorage"] = new TorchType(4, "int32", null),
        ["torch.ShortStorage"] = new TorchType(2, "int16", null),
        ["torch.CharStorage"] = new TorchType(1, "int8", null),
        ["torch.ByteStorage"] = new TorchType(1, "uint8", null),
        ["torch.BoolStorage"] = new TorchType(1, "bool", null),
        ["torch.QInt8Storage"] = new TorchType(1, "qint8", null),
        ["torch.QUInt8Storage"] = new TorchType(1, "quint8", null),
        ["torch.QInt32Storage"] = new TorchType(4, "qint32", null),
        ["torch.storage.UntypedStorage"] = new TorchType(1, "bytes of another type", null),
        ["torch.ComplexFloatStorage"] = new TorchType(8, "complex64", null),
        ["torch.ComplexDoubleStorage"] = new TorchType(16, "complex128", null),
    };

    /// <summary>The storages that have been referenced, by their keys.</summary>
    internal Dictionary<string, TorchStorage> Storages { get; } = new(StringComparer.Ordinal);

    protected override object? FindKnown(string name)
        => Known.GetValueOrDefault(name) ?? NumpyGlobals.OfArrays(name);

    internal override object? Load(object? identity)
    {
        object?[] parts = identity as object?[] ?? [];
        string kind = Argument<PickleText>(parts, 0).Value;
        if (kind != "storage")
        {
            // The old format stores the source code of a module beside its class.
            return kind == "module" ? Argument<PickleSkipped>(parts, 1) : throw new WeightFormatException(
                "pickle: refers to something that is not a storage.");
        }

        if (parts.Length > 5 && parts[5] is not null)
        {
            throw new WeightFormatException("torch: views of storages are not supported. Save the file again.");
        }

        string key = Argument<PickleText>(parts, 2).Value;
        if (!Storages.TryGetValue(key, out TorchStorage? storage))
        {
            TorchType type = parts[1] is not PickleSkipped unknown ? Argument<TorchType>(parts, 1)
                : throw new WeightFormatException($"torch: the storage '{unknown.Type}' is not supported.");
            storage = new TorchStorage(type) { Bytes = storageOf(key) };
            Storages.Add(key, storage);
        }

        return storage;
    }

    /// <summary>The tensor that a parameter consists of, which may be of a kind that is skipped.</summary>
    private static object? First(object?[] arguments) => Argument<object>(arguments, 0);

    /// <summary>A tensor of a subclass, or with attributes: the function that builds it, its class, the arguments, and
    /// the attributes.</summary>
    private static object? OfSubclass(object?[] arguments)
        => arguments is [PickleFunction build, _, object?[] parts, ..] && build != OfSubclass
            ? build(parts)
            : Argument<PickleSkipped>(arguments, 0);

    private static TorchTensor Tensor(object?[] arguments) => new(
        Argument<TorchStorage>(arguments, 0), Argument<long>(arguments, 1),
        Integers(Argument<object?[]>(arguments, 2)), Integers(Argument<object?[]>(arguments, 3)));
}

/// <summary>The type of the values in a storage.</summary>
/// <param name="BytesPerValue">Length of a value.</param>
/// <param name="Name">PyTorch's name of the type.</param>
/// <param name="Type">How a value is stored; null for types that are not read.</param>
internal sealed record TorchType(int BytesPerValue, string Name, WeightType? Type);

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
                return new StoredTensor(storage.Type.Name, shape);
            }

            ByteSource bytes = storage.Bytes ?? throw ByteSource.CutOff();
            return offset >= 0 && offset <= bytes.Length
                ? new StoredTensor(bytes, offset * storage.Type.BytesPerValue, type, shape, strides)
                : throw ByteSource.CutOff();
        }
    }
}
