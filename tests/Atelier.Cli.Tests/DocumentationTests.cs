using System.CommandLine;
using System.Text.RegularExpressions;
using Atelier.Cli.Commands;

namespace Atelier.Cli.Tests;

/// <summary>What the documentation says to type can be typed, and what it shows is there.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Pages =>
    [
        "README.md", "CONTRIBUTING.md", "examples/README.md",
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path)).Order(),
    ];

    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("docs/guide.md", 30)]
    [InlineData("docs/cookbook.md", 20)]
    public void Page_EveryCommandLine_IsUnderstood(string page, int least)
    {
        string[][] commands = [.. CommandLine().Matches(Read(page))
            .Select(match => Word().Matches(match.Groups[1].Value).Select(word => word.Value.Trim('"', '\'')))
            .Select(words => words.TakeWhile(word => word is not ">" and not "#").ToArray())];

        Assert.True(commands.Length >= least, $"{page} has {commands.Length} command lines.");
        Assert.All(commands, words => CommandTree.Parse(words, Host.CreateForProcess(CancellationToken.None)));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/guide.md")]
    [InlineData("docs/cookbook.md")]
    [InlineData("docs/concepts.md")]
    public void Page_EveryOptionInItsText_Exists(string page)
    {
        RootCommand root = CommandTree.Create(Host.CreateForProcess(CancellationToken.None));
        HashSet<string> known = [.. OptionsOf(root), "--help"];

        Assert.All(OptionInText().Matches(Read(page)).Select(match => match.Groups[1].Value), option =>
            Assert.Contains(option, known));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EveryLinkToAFile_LeadsToOne(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Root, page))!;

        Assert.All(
            Link().Matches(Read(page)).Select(match => match.Groups[1].Value.Split('#')[0])
                .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)),
            target => Assert.True(Path.Exists(Path.Combine(folder, target)), $"{page} links to {target}."));
    }

    [Fact]
    public void Cookbook_EveryRecipe_HasOnePictureAndThereAreNoOthers()
    {
        string[] recipes = Read("docs/cookbook.md").Split("\n### ")[1..];

        Assert.All(recipes, recipe => Assert.Single(Link().Matches(recipe), match => match.Value.StartsWith('!')));
        Assert.Equal(
            Link().Matches(Read("docs/cookbook.md")).Where(match => match.Value.StartsWith('!'))
                .Select(match => Path.GetFileName(match.Groups[1].Value)).Order(),
            Directory.EnumerateFiles(Path.Combine(Root, "docs", "cookbook")).Select(Path.GetFileName).Order());
    }

    private static IEnumerable<string> OptionsOf(Command command)
        => command.Options.Select(option => option.Name).Concat(command.Subcommands.SelectMany(OptionsOf));

    private static string Read(string page) => File.ReadAllText(Path.Combine(Root, page)).ReplaceLineEndings("\n");

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Atelier.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    // Lines of their own only; in a sentence `atelier color` is a name.
    [GeneratedRegex(
        @"^ *(?:atelier|dotnet run -c Release --project apps/Atelier\.Cli --) ([a-z].*)$", RegexOptions.Multiline)]
    private static partial Regex CommandLine();

    [GeneratedRegex("\"(?:\\$\\([^)]*\\)|[^\"])*\"|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex("`(--[a-z-]+)")]
    private static partial Regex OptionInText();

    [GeneratedRegex(@"!?\[[^\]]*\]\(([^)]+)\)")]
    private static partial Regex Link();
}
