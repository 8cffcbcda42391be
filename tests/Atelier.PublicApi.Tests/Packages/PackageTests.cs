using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Atelier.Imaging;
using Atelier.Testing;

namespace Atelier.PublicApi.Tests.Packages;

/// <summary>The packages as their users meet them: what they say about themselves, a program that refers to them, and
/// the installed tool.</summary>
public sealed partial class PackageTests(PackedRepository packed) : IClassFixture<PackedRepository>
{
    private const string Painting = """
        using Atelier;
        using Atelier.Imaging;
        using Atelier.Options;

        Picture photograph = Resampler.Resize(PictureFile.Load(args[0]), 48);
        StylizeRequest request = new()
        {
            Content = photograph,
            Styles = [PictureFile.Load(args[1])],
            Options = Presets.ByName["draft"] with { Size = 48, Iterations = 2 },
        };
        using Stylizer stylizer = new();
        PictureFile.Save(stylizer.Stylize(request).Picture, args[2]);
        """;

    private const string PaintingOfAVideo = """
        using Atelier.Imaging;
        using Atelier.Options;
        using Atelier.Video;

        string frames = Directory.CreateDirectory("frames").FullName;
        Picture photograph = Resampler.Resize(PictureFile.Load(args[0]), 48);
        PictureFile.Save(photograph, Path.Combine(frames, "1.png"));
        PictureFile.Save(photograph, Path.Combine(frames, "2.png"));
        VideoRequest request = new()
        {
            Styles = [PictureFile.Load(args[1])],
            Options = Presets.ByName["draft"] with { Size = 48, Iterations = 2 },
        };
        string painted = Directory.CreateDirectory("painted").FullName;
        using VideoStylizer stylizer = new();
        using FolderSource source = new(frames, new Rational(25, 1));
        using FolderSink sink = new(painted, ".png");
        VideoResult result = await stylizer.StylizeAsync(request, source, sink);
        File.Copy(Directory.EnumerateFiles(painted).Order().Last(), args[2]);
        """;

    private static string Photograph => Repository.PathOf("examples", "photos", "mountain-lake.png");

    private static string Artwork => Repository.PathOf("examples", "artworks", "impasto-night.png");

    public static TheoryData<string> Packages =>
    [
        .. Directory.EnumerateDirectories(Repository.PathOf("src")).Select(path => Path.GetFileName(path)).Order(),
        "Atelier.Cli",
    ];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_SaysWhatAUserWantsToKnow(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(packed.Find(package).Path);
        XElement metadata = XDocument.Parse(Read(archive, $"{package}.nuspec")).Root!.Elements().First();
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

        Assert.Equal(package, Value("id"));
        Assert.Equal("MIT", Value("license"));
        Assert.True(Value("description").Length is > 40 and < 300);
        Assert.True(Value("tags").Split(' ').Length >= 2);
        Assert.Contains("CHANGELOG.md", Value("releaseNotes"), StringComparison.Ordinal);
        Assert.NotNull(archive.GetEntry("CHANGELOG.md"));
        using Stream icon = archive.GetEntry(Value("icon"))!.Open();
        PictureInfo picture = PictureFile.Identify(icon);
        Assert.Equal(("PNG", 128, 128), (picture.Format, picture.Width, picture.Height));

        // The packages use each other's internals.
        Assert.All(
            metadata.Descendants().Where(element => element.Attribute("id") is XAttribute id
                && id.Value.StartsWith("Atelier", StringComparison.Ordinal)),
            dependency => Assert.Equal($"[{packed.Find(package).Version}]", dependency.Attribute("version")!.Value));

        string readme = Read(archive, Value("readme"));
        Assert.StartsWith($"# {package}\n", readme, StringComparison.Ordinal);
        Assert.DoesNotMatch(RelativeLink(), readme);
        if (package != "Atelier.Cli")
        {
            Assert.All([".dll", ".xml"], extension
                => Assert.NotNull(archive.GetEntry($"lib/net10.0/{package}{extension}")));
        }
    }

    [Theory]
    [InlineData("Atelier", Painting), InlineData("Atelier.Video", PaintingOfAVideo)]
    public async Task Program_ThatRefersToOnePackage_Paints(string package, string program)
    {
        string folder = packed.PathOf($"program-of-{package}"), picture = Path.Combine(folder, "result.png");
        Directory.CreateDirectory(folder);
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program, cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{packed.Find(package).Version}" />
              </ItemGroup>
            </Project>
            """, cancel);

        await DotnetCommand.RunProgram(
            "dotnet", folder, packed.Environment, "run", "--", Photograph, Artwork, picture);

        AssertPainted(picture);
    }

    [Fact]
    public async Task Tool_Installed_TellsItsVersionAndPaints()
    {
        string folder = packed.PathOf("tool"), picture = packed.PathOf("by-the-tool.png");
        await DotnetCommand.RunProgram(
            "dotnet", packed.PathOf(""), packed.Environment,
            "tool", "install", "Atelier.Cli", "--tool-path", folder, "--prerelease");
        Task<string> Atelier(params string[] words) => DotnetCommand.RunProgram(
            Path.Combine(folder, "atelier"), packed.PathOf(""), [], words);

        string version = await Atelier("--version");
        await Atelier(
            "stylize", Photograph, "--style", Artwork, "--size", "48", "--iterations", "2", "-o", picture);

        Assert.StartsWith(packed.Find("Atelier.Cli").Version, version, StringComparison.Ordinal);
        AssertPainted(picture);
    }

    private static void AssertPainted(string path)
    {
        Picture picture = PictureFile.Load(path);
        Assert.Equal((48, 36), (picture.Width, picture.Height));
        Assert.True(picture.Red.Max() - picture.Red.Min() > 0.3f, "The picture is flat.");
    }

    private static string Read(ZipArchive archive, string name)
    {
        using StreamReader reader = new(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\]\((?!https://)")]
    private static partial Regex RelativeLink();
}
