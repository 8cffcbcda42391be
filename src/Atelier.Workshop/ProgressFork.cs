namespace Atelier.Workshop;

/// <summary>Forwards each progress report to several receivers.</summary>
internal sealed class ProgressFork<T>(params IProgress<T>?[] branches) : IProgress<T>
{
    public void Report(T value)
    {
        foreach (IProgress<T>? branch in branches)
            branch?.Report(value);
    }
}
