namespace Atelier.Testing;

/// <summary>Few rows of levels in which every two levels of different factors meet that may.</summary>
internal static class PairwiseCover
{
    /// <summary>Chooses a level of every factor for each row, greedily; the same for the same factors.</summary>
    /// <param name="levels">How many levels each factor has.</param>
    /// <param name="mayMeet">Whether a level of a factor may meet a level of a later one.</param>
    /// <exception cref="InvalidOperationException">No row holds a pair that may meet.</exception>
    internal static List<int[]> Rows(int[] levels, Func<(int Factor, int Level), (int Factor, int Level), bool> mayMeet)
    {
        HashSet<((int, int), (int, int))> open = [.. Pairs(levels).Where(pair => mayMeet(pair.First, pair.Second))];
        List<int[]> rows = [];
        while (open.Count > 0)
        {
            ((int Factor, int Level) first, (int Factor, int Level) second) = open.Min();
            int[] row = [.. levels.Select(_ => -1)];
            (row[first.Factor], row[second.Factor]) = (first.Level, second.Level);
            if (!Complete(row, levels, mayMeet, open))
            {
                throw new InvalidOperationException($"Nothing goes with {first} and {second}.");
            }

            open.ExceptWith(PairsOf(row));
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Fills the row from the first factor without a level on, taking back what leads nowhere.</summary>
    private static bool Complete(
        int[] row, int[] levels, Func<(int, int), (int, int), bool> mayMeet, HashSet<((int, int), (int, int))> open)
    {
        int factor = Array.IndexOf(row, -1);
        if (factor < 0)
        {
            return true;
        }

        (int, int)[] others =
            [.. row.Index().Where(each => each.Item >= 0).Select(each => (each.Index, each.Item))];
        int News(int level) => others.Count(other => open.Contains(Ordered(other, (factor, level))));
        bool Fits(int level) => others.All(other =>
        {
            ((int, int) a, (int, int) b) = Ordered(other, (factor, level));
            return mayMeet(a, b);
        });
        foreach (int level in Enumerable.Range(0, levels[factor]).Where(Fits).OrderByDescending(News))
        {
            row[factor] = level;
            if (Complete(row, levels, mayMeet, open))
            {
                return true;
            }
        }

        row[factor] = -1;
        return false;
    }

    private static ((int, int), (int, int)) Ordered((int Factor, int) a, (int Factor, int) b)
        => a.Factor < b.Factor ? (a, b) : (b, a);

    internal static IEnumerable<((int Factor, int Level) First, (int Factor, int Level) Second)> Pairs(int[] levels)
        => from first in Enumerable.Range(0, levels.Length)
           from second in Enumerable.Range(first + 1, levels.Length - first - 1)
           from a in Enumerable.Range(0, levels[first])
           from b in Enumerable.Range(0, levels[second])
           select ((first, a), (second, b));

    internal static IEnumerable<((int, int), (int, int))> PairsOf(int[] row)
        => from first in Enumerable.Range(0, row.Length)
           from second in Enumerable.Range(first + 1, row.Length - first - 1)
           select ((first, row[first]), (second, row[second]));
}
