namespace Atelier.Primitives;

/// <summary>Suggests the intended name for a mistyped one.</summary>
public static class NearestName
{
    /// <summary>Returns the candidate with the fewest changed, missing, additional or swapped letters; null if none is
    /// near enough to have been meant. One error is tolerated, in longer names one per four letters, but always less
    /// than a third of the name.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        return candidates
            .Select(candidate => (Name: candidate, Distance: Distance(
                name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(each => IsNear(each.Distance, name.Length, each.Name.Length))
            .OrderBy(each => each.Distance).FirstOrDefault().Name;
    }

    /// <summary>Returns "; did you mean 'X'?", or "." if no name is near, to append to the first clause of a
    /// message.</summary>
    public static string Suggestion(string name, IEnumerable<string> candidates)
        => Find(name, candidates) is string nearest ? $"; did you mean '{nearest}'?" : ".";

    /// <summary>Returns "did you mean 'X'?", followed by another remedy, as the remedy of a problem.</summary>
    public static string Remedy(string name, IEnumerable<string> candidates, string otherwise)
        => Find(name, candidates) is string nearest ? $"did you mean '{nearest}'? {Capital(otherwise)}" : otherwise;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static bool IsNear(int distance, int first, int second)
        => distance <= Math.Max(1, Math.Min(first, second) / 4) && 3 * distance < Math.Max(first, second);

    // Optimal string alignment distance.
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int change = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(change, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
