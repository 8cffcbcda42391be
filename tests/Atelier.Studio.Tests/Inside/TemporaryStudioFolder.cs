using Atelier.Studio.Storage;
using Atelier.Testing;

namespace Atelier.Studio.Tests.Inside;

/// <summary>A folder of a test's own.</summary>
internal sealed class TemporaryStudioFolder : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    internal TemporaryStudioFolder() => Folder = new StudioFolder(_temporary.Path);

    internal StudioFolder Folder { get; }

    public void Dispose() => _temporary.Dispose();
}
