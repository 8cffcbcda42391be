using System.Diagnostics;

namespace Atelier.Benchmarks;

/// <summary>How often each stage of some work was called, and how long it took in all.</summary>
internal sealed class StageTimes
{
    private readonly Dictionary<string, (int Calls, double Seconds)> _stages = [];

    /// <summary>Times a stage until what is returned is disposed.</summary>
    /// <summary>Forgets what was measured.</summary>
    internal void Clear() => _stages.Clear();

    internal Watch Begin(string stage) => new(this, stage, Stopwatch.GetTimestamp());

    /// <summary>The stages from the longest down, with their share of the whole work.</summary>
    /// <param name="work">What the work is called.</param>
    /// <param name="seconds">How long it took with all that is no stage.</param>
    internal void Print(string work, double seconds)
    {
        MarkdownTable table = new($"stage of {work}", "calls", "ms", "share");
        void Add(string stage, string calls, double part)
            => table.Add(stage, calls, $"{part * 1e3:F1}", $"{part / seconds:P1}");
        foreach ((string stage, (int calls, double part)) in _stages.OrderByDescending(stage => stage.Value.Seconds))
            Add(stage, $"{calls}", part);
        Add("the rest", "", seconds - _stages.Values.Sum(stage => stage.Seconds));
        Add("all", "", seconds);
    }

    /// <summary>Seconds of all stages whose names begin with a word.</summary>
    internal double SecondsOf(string word) => _stages
        .Where(stage => stage.Key.StartsWith(word, StringComparison.Ordinal)).Sum(stage => stage.Value.Seconds);

    /// <summary>A stage that is going on.</summary>
    internal readonly struct Watch(StageTimes times, string stage, long start) : IDisposable
    {
        public void Dispose()
        {
            (int calls, double seconds) = times._stages.GetValueOrDefault(stage);
            times._stages[stage] = (calls + 1, seconds + Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }
}
