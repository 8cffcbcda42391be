namespace Atelier.Diagnostics;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class NearestName
{
    /// <summary>The name that differs from the word by the fewest inserted, deleted, replaced or swapped letters; null
    /// when every name differs by more than a third of its letters.</summary>
    /// <param name="word">What was written; upper and lower case count as equal.</param>
    /// <param name="names">What could have been meant; the first of equally near ones wins.</param>
    public static string? Of(string word, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(word);
        (string Name, int Distance)[] ranked = [.. names
            .Select(name => (Name: name, Distance: Distance(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .OrderBy(candidate => candidate.Distance)];
        return ranked.Length > 0 && ranked[0].Distance <= Math.Max(1, ranked[0].Name.Length / 3) ? ranked[0].Name : null;
    }

    /// <summary>A question to end a message with, as in <c>; did you mean 'gram'?</c>, or a full stop when no name is
    /// near.</summary>
    public static string Question(string word, IEnumerable<string> names)
        => Of(word, names) is string name ? $"; did you mean '{name}'?" : ".";

    /// <summary>Optimal string alignment distance.</summary>
    private static int Distance(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                int replaced = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int best = Math.Min(replaced, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                distance[i, j] = swapped ? Math.Min(best, distance[i - 2, j - 2] + 1) : best;
            }
        }

        return distance[a.Length, b.Length];
    }
}
