using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Tests.Inputs;

/// <summary>Folders and patterns stand for the same pictures in every shell, always in the same order.</summary>
public sealed class InputPatternTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atelier-pattern-").FullName;

    public InputPatternTests()
    {
        foreach (string name in (string[])[
            "img10.png", "img9.png", "Img2.JPG", "notes.txt", ".hidden.png", "wave.atelierstyle", "a/deep/x.png",
            "a/y.png", "b/x.png"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
            File.WriteAllText(At(name), "");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "Img2.JPG img9.png img10.png")]
    [InlineData("*.png", "img9.png img10.png")]
    [InlineData("img?.*", "Img2.JPG img9.png")]
    [InlineData("*/x.png", "b/x.png")]
    [InlineData("**/x.png", "a/deep/x.png b/x.png")]
    [InlineData("**/*.png", "img9.png img10.png a/y.png a/deep/x.png b/x.png")]
    [InlineData("img10.png", "img10.png")]
    public void Expand_Pattern_FindsPicturesInNaturalOrder(string pattern, string expected)
        => Assert.Equal(expected.Split(' '), Expand(pattern));

    [Fact]
    public void Expand_SeveralThatOverlap_NamesEachFileOnceInTheOrderGiven()
        => Assert.Equal(["img10.png", "img9.png", "a/y.png"], Expand("img10.png", "*.png", "a/y.png"));

    [Fact]
    public void Expand_Styles_IncludesStyleFiles()
        => Assert.Equal(
            ["Img2.JPG", "img9.png", "img10.png", "wave.atelierstyle"],
            InputPattern.Expand([_folder], "style", areStyles: true).Select(Path.GetFileName));

    [Fact]
    public void Expand_LinkToAFolderAbove_EndsAndFindsNothingTwice()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        Directory.CreateSymbolicLink(At("a/up"), _folder);

        Assert.Equal(["a/deep/x.png", "b/x.png"], Expand("**/x.png"));
    }

    [Theory]
    [InlineData("*.gif", "matches no picture"), InlineData("empty", "is a folder without pictures")]
    public void Expand_NothingFound_SaysWhatWasMeant(string pattern, string expected)
    {
        Directory.CreateDirectory(At("empty"));

        CodedException error = Assert.Throws<CodedException>(() => Expand(pattern));

        Assert.Equal("input.missing", error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private IEnumerable<string> Expand(params string[] patterns)
        => InputPattern.Expand(patterns.Select(At), "content")
            .Select(path => Path.GetRelativePath(_folder, path).Replace('\\', '/'));

    private string At(string name) => name.Length == 0 ? _folder : Path.Combine(_folder, name);
}
