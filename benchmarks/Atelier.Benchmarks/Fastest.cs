using System.Diagnostics;

namespace Atelier.Benchmarks;

/// <summary>How long things take at best. What is to be compared is run in turn, round after round, so that whatever
/// else the machine does hits all of it.</summary>
internal static class Fastest
{
    private const int FewestRounds = 4;

    /// <summary>The least of the seconds that each contestant tells of itself.</summary>
    /// <param name="seconds">Rounds begin until this much time has passed; there are four at least.</param>
    internal static double[] Of(double seconds, params Func<double>[] contestants)
    {
        double[] best = [.. contestants.Select(_ => double.PositiveInfinity)];
        long begin = Stopwatch.GetTimestamp();
        for (int round = 0;
            round < FewestRounds || Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds;
            round++)
        {
            for (int i = 0; i < contestants.Length; i++)
                best[i] = Math.Min(best[i], contestants[i]());
        }

        return best;
    }

    /// <summary>The least seconds of each action.</summary>
    internal static double[] Of(double seconds, params Action[] actions)
        => Of(seconds, [.. actions.Select(action => (Func<double>)(() => Time(action)))]);

    /// <summary>Seconds of one run.</summary>
    internal static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
