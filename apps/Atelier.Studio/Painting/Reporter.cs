namespace Atelier.Studio.Painting;

/// <summary>Receives progress on the thread that paints, unlike <see cref="Progress{T}"/>, which posts it to
/// another.</summary>
internal sealed class Reporter<T>(Action<T> report) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => report(value);
}
