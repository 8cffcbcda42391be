using System.Text.RegularExpressions;
using Atelier.Imaging;
using Atelier.Testing;

namespace Atelier.PublicApi.Tests.Docs;

/// <summary>The programs of docs/tutorial run and make the pictures of their pages. Compiled by Tutorial.targets, all
/// twelve take half a minute; one is run as its page says, which proves the rest of the way.</summary>
public sealed partial class TutorialTests
{
    private const string Size = "32";

    public static TheoryData<string> Steps => [.. Directory.EnumerateFiles(Folder, "*.cs").Select(NameOf).Order()];

    private static string Folder => Repository.PathOf("docs", "tutorial");

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Program_AtASmallSize_MakesThePicturesOfItsPage(string step)
    {
        using TemporaryFolder made = new();
        string runtime = Path.Combine(AppContext.BaseDirectory, "Atelier.PublicApi.Tests.runtimeconfig.json");
        string program = Path.Combine(AppContext.BaseDirectory, $"{step}.dll");

        await DotnetCommand.Run(Repository.Root, "exec", "--runtimeconfig", runtime, program, Size, made.Path);

        string[] shown = [.. LinksOf(step).Where(link => link.StartsWith('!')).Select(Target)];
        Assert.NotEmpty(shown);
        Assert.Equal(
            shown.Order(),
            Directory.EnumerateFiles(made.Path).Select(path => Path.GetFileName(path))
                .Where(name => !name.EndsWith(".atelierstyle", StringComparison.Ordinal)).Order());
        Assert.All(shown, name => Assert.True(IsPicture(made.PathOf(name)), name));
        Assert.All(shown, name => Assert.True(IsPicture(Path.Combine(Folder, name)), name));
    }

    [Fact]
    public async Task Program_RunAsItsPageSays_MakesItsPicture()
    {
        using TemporaryFolder made = new();

        await DotnetCommand.Run(
            Repository.Root,
            "run", "-c", DotnetCommand.Configuration, "docs/tutorial/03-gram.cs", "--", Size, made.Path);

        Assert.True(IsPicture(made.PathOf("03-gram.png")));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Page_OfAProgram_QuotesAndNamesIt(string step)
    {
        string[] program = TrimmedLines(File.ReadAllText(Path.Combine(Folder, $"{step}.cs")));
        string page = PageOf(step);

        string[] quotes = [.. CodeBlock().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(quotes);
        Assert.All(quotes, quote => Assert.Contains(
            string.Join('\n', TrimmedLines(quote)), string.Join('\n', program), StringComparison.Ordinal));
        Assert.Contains($"{step}.cs", LinksOf(step).Select(Target));
        Assert.InRange(program.Length, 20, 80);
    }

    [Fact]
    public void Contents_NameEveryPage_InOrder()
        => Assert.Equal(
            Steps.Select(row => $"{row.Data}.md"),
            LinksOf("README").Select(Target).Where(target => char.IsDigit(target[0])));

    private static string PageOf(string step)
        => File.ReadAllText(Path.Combine(Folder, $"{step}.md")).ReplaceLineEndings("\n");

    private static string[] LinksOf(string step)
        => [.. Link().Matches(PageOf(step)).Select(match => match.Value)];

    private static string Target(string link) => link[(link.LastIndexOf('(') + 1)..^1];

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);

    private static string[] TrimmedLines(string text)
        => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static bool IsPicture(string path)
    {
        if (path.EndsWith(".svg", StringComparison.Ordinal))
        {
            return File.ReadAllText(path).StartsWith("<svg", StringComparison.Ordinal);
        }

        Picture picture = PictureFile.Load(path);
        return picture.Green.Max() - picture.Green.Min() > 0.5f;
    }

    [GeneratedRegex(@"!?\[[^\]]*\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
