using System.Globalization;

namespace Atelier.Weights;

/// <summary>A value of a pickle that may be a tensor.</summary>
internal interface IPickledTensor
{
    /// <summary>Where its numbers lie; null where it is of another type than floating point.</summary>
    /// <exception cref="WeightFormatException">They are not in the file.</exception>
    StoredTensor? Tensor { get; }
}

/// <summary>Looks through what a pickle holds.</summary>
internal static class PickleTree
{
    private const int MaxDepth = 32, MaxNameLength = 1024;

    /// <summary>The tensors with the keys and places that lead to them, separated by dots. What several places hold is
    /// entered once.</summary>
    internal static IEnumerable<(string Name, StoredTensor Tensor)> Tensors(object? root)
        => Tensors(root, "", 0, new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static IEnumerable<(string Name, StoredTensor Tensor)> Tensors(
        object? node, string name, int depth, HashSet<object> seen)
    {
        if (node is IPickledTensor { Tensor: StoredTensor tensor })
        {
            yield return (name, tensor);
        }
        else if (node is not null && depth < MaxDepth && name.Length < MaxNameLength && seen.Add(node))
        {
            foreach ((string part, object? child) in Children(node))
            {
                string path = name.Length == 0 || part.Length == 0 ? name + part : $"{name}.{part}";
                foreach ((string Name, StoredTensor Tensor) inner in Tensors(child, path, depth + 1, seen))
                    yield return inner;
            }
        }
    }

    private static IEnumerable<(string Name, object? Value)> Children(object node) => node switch
    {
        PickleDictionary dictionary => dictionary.Items.Select(item => (NameOf(item.Key), item.Value)),
        NumpyPickledArray { Boxed: object boxed } => [("", boxed)],
        IEnumerable<object?> list => list.Select((item, i) => (i.ToString(CultureInfo.InvariantCulture), item)),
        _ => [],
    };

    private static string NameOf(object? key) => key switch
    {
        PickleText text => text.Value,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => "?",
    };
}
