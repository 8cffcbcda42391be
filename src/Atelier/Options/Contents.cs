using System.Collections.Immutable;

namespace Atelier.Options;

/// <summary>Compares lists by what they hold, for records with lists: an <see cref="ImmutableArray{T}"/> by itself is
/// equal to another only when both are one array.</summary>
internal static class Contents
{
    internal static bool AreEqual<T>(ImmutableArray<T> a, ImmutableArray<T> b)
        => a.IsDefault || b.IsDefault ? a.IsDefault == b.IsDefault : a.SequenceEqual(b);

    internal static int HashOf<T>(ImmutableArray<T> list)
    {
        HashCode hash = default;
        foreach (T item in list.IsDefault ? [] : list)
            hash.Add(item);
        return hash.ToHashCode();
    }
}
