using System.Text;

namespace Atelier.Weights;

/// <summary>A function that a pickle may call.</summary>
internal delegate object? PickleFunction(object?[] arguments);

/// <summary>The allow-list of names for a kind of pickle.</summary>
internal abstract class PickleGlobals
{
    /// <summary>Returns the function (<see cref="PickleFunction"/>) or value for a name.</summary>
    /// <exception cref="WeightFormatException">The name is not in the allow-list.</exception>
    internal abstract object Find(string name);

    /// <summary>Returns the object that is stored outside the pickle under an ID.</summary>
    internal virtual object? Load(object? identity)
        => throw new WeightFormatException("pickle: refers to something outside itself.");

    /// <summary>The error for an unknown name.</summary>
    internal static WeightFormatException Unknown(string name) => new(
        $"pickle: contains an object of type '{name}', which weights do not need and which is not supported. Save " +
        "only the weights: torch.save(model.state_dict(), file).");

    /// <summary>Returns an argument of the required type.</summary>
    internal static T Argument<T>(object?[] arguments, int index)
        => index < arguments.Length && arguments[index] is T value
            ? value
            : throw new WeightFormatException($"pickle: argument {index} of a call has the wrong type.");

    /// <summary>A tuple of integers.</summary>
    internal static long[] Integers(object?[] tuple) => [.. tuple.Select((_, i) => Argument<long>(tuple, i))];
}

/// <summary>An object that a pickle creates empty and then gives its state.</summary>
internal interface IPickleState
{
    void SetState(object? state);
}

/// <summary>A string, or bytes, of a pickle, still in the file.</summary>
internal sealed class PickleText(ByteSource source, long begin, long length)
{
    private const int MaxTextBytes = 4096;

    internal ByteSource Source => source;

    internal long Begin => begin;

    internal long Length => length;

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
