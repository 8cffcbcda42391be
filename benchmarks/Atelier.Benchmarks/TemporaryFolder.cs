namespace Atelier.Benchmarks;

/// <summary>A folder for the files of a benchmark, gone when it is disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("atelier-benchmarks-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
