using Atelier.Testing;

namespace Atelier.PublicApi.Tests.Packages;

/// <summary>All packages, made of what the tests were built with, in a folder far from the repository, and a NuGet that
/// knows of nothing else and keeps nothing.</summary>
public sealed class PackedRepository : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Where the packages lie.</summary>
    internal string Packages => PathOf("packages");

    /// <summary>Keeps NuGet from what it has seen before.</summary>
    internal Dictionary<string, string> Environment => new() { ["NUGET_PACKAGES"] = PathOf("seen") };

    public async ValueTask InitializeAsync()
    {
        await DotnetCommand.Run(
            Repository.Root, "build", "tools/pack.proj", "--nologo", "-v", "quiet", "-p:NoBuild=true",
            $"-p:Configuration={DotnetCommand.Configuration}", $"-p:PackageOutputPath={Packages}");
        await File.WriteAllTextAsync(PathOf("NuGet.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{Packages}" />
              </packageSources>
            </configuration>
            """);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Path and version of a package.</summary>
    internal (string Path, string Version) Find(string package)
    {
        string path = Assert.Single(
            Directory.GetFiles(Packages, $"{package}.*.nupkg"),
            path => char.IsAsciiDigit(Path.GetFileName(path)[package.Length + 1]));
        return (path, Path.GetFileNameWithoutExtension(path)[(package.Length + 1)..]);
    }
}
