using System.Reflection;
using Atelier.Testing;
using PublicApiGenerator;

namespace Atelier.PublicApi.Tests.House;

/// <summary>The public API of each package as a text, docs/api/PACKAGE.txt, that is reviewed with each change of it:
/// namespaces, base types, nullability, defaults. ATELIER_ACCEPT_API=1 writes the texts anew.</summary>
public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new()
    {
        // What is true of the assembly, the machine or the compiler, and not of the API.
        IncludeAssemblyAttributes = false,
        ExcludeAttributes =
        [
            "System.Runtime.CompilerServices.CompilerGeneratedAttribute",
            "System.Runtime.CompilerServices.SkipLocalsInitAttribute",
        ],
    };

    public static TheoryData<string> Packages =>
        [.. Directory.EnumerateDirectories(Repository.PathOf("src")).Select(path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Packages))]
    public void PublicApi_OfAPackage_IsTheReviewedText(string package)
    {
        string api = Assembly.Load(package).GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd() + "\n";

        Assert.Null(GeneratedFile.Difference($"docs/api/{package}.txt", api, "ATELIER_ACCEPT_API"));
    }

    [Fact]
    public void ReviewedTexts_AreThoseOfThePackages()
        => Assert.Equal(
            Packages.Select(row => row.Data),
            Directory.EnumerateFiles(Repository.PathOf("docs", "api"))
                .Select(path => Path.GetFileNameWithoutExtension(path)).Order());
}
