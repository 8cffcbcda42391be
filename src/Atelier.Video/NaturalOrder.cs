namespace Atelier.Video;

/// <summary>Natural sort order of names: numbers in them are compared by value, so that 9 comes before 10. </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    internal static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        while (!a.IsEmpty && !b.IsEmpty)
        {
            ReadOnlySpan<char> runA = FirstRun(a), runB = FirstRun(b);
            int order = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0])
                ? CompareNumbers(runA, runB)
                : runA.CompareTo(runB, StringComparison.OrdinalIgnoreCase);
            if (order != 0)
            {
                return order;
            }

            a = a[runA.Length..];
            b = b[runB.Length..];
        }

        int rest = a.Length - b.Length;
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    /// <summary>The digits, or the other characters, that a name begins with.</summary>
    private static ReadOnlySpan<char> FirstRun(ReadOnlySpan<char> name)
    {
        int end = char.IsAsciiDigit(name[0])
            ? name.IndexOfAnyExceptInRange('0', '9')
            : name.IndexOfAnyInRange('0', '9');
        return end < 0 ? name : name[..end];
    }

    private static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length - b.Length : a.SequenceCompareTo(b);
    }
}
