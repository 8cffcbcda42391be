using System.Collections.Immutable;

namespace Atelier.Options;

/// <summary>Compares lists by their elements, for records that contain lists: two <see cref="ImmutableArray{T}"/> are
/// equal by themselves only if they share one array.</summary>
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
