namespace Atelier.Workshop;

/// <summary>Passes each report on to whoever is interested.</summary>
internal sealed class ProgressFork<T>(params IProgress<T>?[] branches) : IProgress<T>
{
    public void Report(T value)
    {
        foreach (IProgress<T>? branch in branches)
            branch?.Report(value);
    }
}
