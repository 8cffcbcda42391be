using System.Text;

namespace Atelier.Weights;

/// <summary>A function that a pickle may call.</summary>
internal delegate object? PickleFunction(object?[] arguments);

/// <summary>The allow-list of names for a kind of pickle.</summary>
internal abstract class PickleGlobals
{
    // A training run leaves objects of a few dozen classes.
    private const int MaxSkipped = 10_000;

    private readonly Dictionary<string, PickleSkipped> _skipped = new(StringComparer.Ordinal);

    /// <summary>Returns the function (<see cref="PickleFunction"/>) or value for a name in the allow-list, and a
    /// <see cref="PickleSkipped"/> for any other.</summary>
    /// <exception cref="WeightFormatException">There are too many other names.</exception>
    internal object Find(string name)
    {
        object? known = name switch
        {
            "collections.OrderedDict" => (PickleFunction)OrderedDictionary,
            "collections.defaultdict" => (PickleFunction)(_ => new PickleDictionary()),
            _ => FindKnown(name),
        };
        if (known is not null)
        {
            return known;
        }

        if (!_skipped.TryGetValue(name, out PickleSkipped? skipped))
        {
            skipped = _skipped.Count < MaxSkipped ? new PickleSkipped(name) : throw new WeightFormatException(
                $"pickle: contains objects of more than {MaxSkipped} types; a list of weights needs far fewer.");
            _skipped.Add(name, skipped);
        }

        return skipped;
    }

    /// <summary>Returns the function or value for a name; null if this kind of pickle needs none.</summary>
    protected abstract object? FindKnown(string name);

    /// <summary>Returns the object that is stored outside the pickle under an ID.</summary>
    internal virtual object? Load(object? identity)
        => throw new WeightFormatException("pickle: refers to something outside itself.");

    /// <summary>Returns an argument of the required type.</summary>
    internal static T Argument<T>(object?[] arguments, int index)
        => index < arguments.Length && arguments[index] is T value
            ? value
            : throw new WeightFormatException($"pickle: argument {index} of a call has the wrong type.");

    /// <summary>A tuple of integers.</summary>
    internal static long[] Integers(object?[] tuple) => [.. tuple.Select((_, i) => Argument<long>(tuple, i))];

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
}

/// <summary>An object that a pickle creates empty and then gives its state.</summary>
internal interface IPickleState
{
    void SetState(object? state);
}

/// <summary>A class that is not in the allow-list, or an object of it, which is neither built nor kept: calls return it
/// again, and its items and state are dropped.</summary>
/// <param name="Type">Module and name of the class.</param>
internal sealed record PickleSkipped(string Type) : IPickleState
{
    internal static PickleSkipped Set { get; } = new("set");

    internal static PickleSkipped LongInteger { get; } = new("int");

    public void SetState(object? state) { }
}

/// <summary>A string, or bytes, of a pickle, still in the file.</summary>
internal sealed class PickleText(ByteSource source, long begin, long length)
{
    private const int MaxTextBytes = 4096;

    internal ByteSource Source => source;

    internal long Begin => begin;

    internal long Length => length;

    /// <summary>The bytes that protocol 2 stores as a text of one character each.</summary>
    /// <exception cref="WeightFormatException">There are other characters.</exception>
    internal PickleText Latin1
    {
        get
        {
            if (field is null)
            {
                Latin1Bytes bytes = new(source, begin, length);
                field = new PickleText(bytes, 0, bytes.Length);
            }

            return field;
        }
    }

    /// <summary>The text.</summary>
    /// <exception cref="WeightFormatException">It is too long for a name.</exception>
    internal string Value
    {
        get
        {
            if (field is null)
            {
                byte[] bytes = length <= MaxTextBytes
                    ? new byte[length]
                    : throw new WeightFormatException($"pickle: a name of {length} bytes.");
                source.Read(begin, bytes);
                field = Encoding.UTF8.GetString(bytes);
            }

            return field;
        }
    }
}

/// <summary>A dictionary of a pickle, in its original order.</summary>
internal sealed class PickleDictionary
{
    internal List<(object? Key, object? Value)> Items { get; } = [];
}
