using System.Globalization;

namespace Atelier.Weights;

/// <summary>A value of a pickle that may be a tensor.</summary>
internal interface IPickledTensor
{
    /// <summary>The location of its numbers; null if it has none.</summary>
    /// <exception cref="WeightFormatException">The numbers are not in the file.</exception>
    StoredTensor? Tensor { get; }
}

/// <summary>Finds the tensors in the contents of a pickle.</summary>
internal static class PickleTree
{
    private const int MaxDepth = 32, MaxNameLength = 1024;

    /// <summary>Returns the tensors with the keys and indices that lead to them, separated by dots. Objects that occur
    /// several times are entered only once.</summary>
    /// <exception cref="WeightFormatException">There are no tensors, but objects that were skipped.</exception>
    internal static IReadOnlyList<(string Name, StoredTensor Tensor)> Tensors(object? root)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        List<(string Name, StoredTensor Tensor)> tensors = [.. Tensors(root, "", 0, seen)];
        return tensors.Count > 0 || seen.OfType<PickleSkipped>().FirstOrDefault() is not PickleSkipped skipped
            ? tensors
            : throw new WeightFormatException(
                $"pickle: contains no tensors, but an object of type '{skipped.Type}', which only the program that " +
                "saved it can build. Save the weights alone: torch.save(model.state_dict(), file).");
    }

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
