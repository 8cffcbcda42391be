using Atelier.Testing;

namespace Atelier.PublicApi.Tests.House;

/// <summary>On Linux, .NET's cryptography ends the process where OpenSSL is missing; only downloads may need it.
/// </summary>
public sealed class OpenSslTests
{
    [Fact]
    public void Sources_NowhereUseWhatNeedsOpenSsl()
    {
        string[] refused = ["System.Security.Cryptography", "AllowDuplicateProperties = false"];
        IEnumerable<string> users = ((string[])["src", "apps"])
            .SelectMany(folder => Directory.EnumerateFiles(
                Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => File.ReadAllText(path) is string text
                && refused.Any(words => text.Contains(words, StringComparison.Ordinal)));

        Assert.Empty(users);
    }
}
