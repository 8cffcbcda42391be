namespace Atelier.Weights;

/// <summary>The allowed names in pickled NumPy arrays.</summary>
internal sealed class NumpyGlobals : PickleGlobals
{
    /// <summary>Returns the function or value for a name; null if arrays do not need it.</summary>
    internal static object? OfArrays(string name) => name switch
    {
        "numpy.ndarray" => typeof(NumpyPickledArray),
        "numpy.dtype" => (PickleFunction)(arguments => new NumpyPickledType(Argument<PickleText>(arguments, 0).Value)),
        "numpy.core.multiarray._reconstruct" or "numpy._core.multiarray._reconstruct" =>
            (PickleFunction)(_ => new NumpyPickledArray()),
        "numpy.core.numeric._frombuffer" or "numpy._core.numeric._frombuffer" => (PickleFunction)FromBuffer,

        // Protocol 2 has no bytes.
        "_codecs.encode" => (PickleFunction)(arguments => Argument<PickleText>(arguments, 0).Latin1),
        "__builtin__.bytes" or "builtins.bytes" =>
            (PickleFunction)(_ => new PickleText(new StreamBytes(Stream.Null), 0, 0)),
        _ => null,
    };

    protected override object? FindKnown(string name) => OfArrays(name);

    private static NumpyPickledArray FromBuffer(object?[] arguments)
    {
        NumpyPickledArray array = new();
        array.SetState((object?[])[
            1L, Argument<object?[]>(arguments, 2), Argument<NumpyPickledType>(arguments, 1),
            Argument<PickleText>(arguments, 3).Value == "F", Argument<PickleText>(arguments, 0)]);
        return array;
    }
}

/// <summary>The type of an array's values; its state contains their byte order.</summary>
internal sealed class NumpyPickledType(string code) : IPickleState
{
    private bool _bigEndian;

    internal NumpyType Type => new(code, _bigEndian);

    public void SetState(object? state)
        => _bigEndian = state is object?[] parts && PickleGlobals.Argument<PickleText>(parts, 1).Value == ">";
}

/// <summary>An array inside a pickle: numbers, or objects such as a dictionary of arrays.</summary>
internal sealed class NumpyPickledArray : IPickleState, IPickledTensor
{
    public StoredTensor? Tensor { get; private set; }

    /// <summary>The contents of an array of objects.</summary>
    internal object? Boxed { get; private set; }

    /// <summary>Receives (version, shape, type, whether columns come first, numbers or objects).</summary>
    public void SetState(object? state)
    {
        object?[] parts = state as object?[] ?? [];
        if (parts is [_, _, _, _, List<object?> objects])
        {
            Boxed = objects.Count == 1 ? objects[0] : objects;
            return;
        }

        PickleText numbers = PickleGlobals.Argument<PickleText>(parts, 4);
        Tensor = PickleGlobals.Argument<NumpyPickledType>(parts, 2).Type.Locate(
            numbers.Source, numbers.Begin, numbers.Length,
            PickleGlobals.Integers(PickleGlobals.Argument<object?[]>(parts, 1)),
            PickleGlobals.Argument<bool>(parts, 3));
    }
}
