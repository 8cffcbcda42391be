using System.CommandLine;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Options;

namespace Atelier.Cli.Tests;

/// <summary>Help: the basic options first, two examples that work, and lines that fit.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly Studio _studio = new();

    public static TheoryData<string> Commands => SnapshotTests.CommandNames;

    public void Dispose() => _studio.Dispose();

    [Fact]
    public void Help_AllOfStylize_ShowsEveryOptionOfTheTableWithItsDefault()
    {
        string help = string.Join(' ', _studio.Run("stylize", "--help", "all").Out
            .Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

        foreach (OptionDefinition<StylizeOptions> option in TableOptions.All)
        {
            Assert.Contains($" --{option.Name} <", help, StringComparison.Ordinal);
            Assert.Contains($"[default: {option.Show(StylizeOptions.Default)}]", help, StringComparison.Ordinal);
        }

        Assert.All(Presets.ByName.Keys, name => Assert.Contains($" {name} ", help, StringComparison.Ordinal));
    }

    [Fact]
    public void Help_OfStylize_FitsAScreenAndExplainsPresets()
    {
        string[] lines = _studio.Run("stylize", "--help").Out.ReplaceLineEndings("\n").Split('\n');

        Assert.InRange(lines.Length, 20, 40);
        Assert.DoesNotContain(lines, line => line.Contains("--tv-weight", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  calm      closer to", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("'atelier stylize --help all'", StringComparison.Ordinal));
    }

    [Fact]
    public void Help_AllOfVideo_ShowsOptionsInGroupsBasicFirst()
    {
        string help = _studio.Run("video", "--help", "all").Out.ReplaceLineEndings("\n");

        string[] headings = ["Options:", "Style:", "Content:", "Color:", "Where:", "How:", "Video:", "Output:"];
        int[] places = [.. headings
            .Select(heading => help.IndexOf($"\n{heading}\n", StringComparison.Ordinal))];
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
        Assert.InRange(help.IndexOf("--size <", StringComparison.Ordinal), places[0], places[1]);
        Assert.InRange(help.IndexOf("--style-mask <", StringComparison.Ordinal), places[4], places[5]);
        Assert.InRange(help.IndexOf("--scene-cut <", StringComparison.Ordinal), places[6], places[7]);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfACommand_HasTwoExamplesThatAreUnderstood(string command)
    {
        string[] examples = HelpExamples.Of($"atelier {command}".TrimEnd());

        Assert.Equal(2, examples.Length);
        Assert.All(examples, example => CommandTree.Parse(
            [.. example.Split(' ')[1..].TakeWhile(word => !word.StartsWith('>')).Select(word => word.Trim('\''))],
            new Host { Out = TextWriter.Null, Error = TextWriter.Null }));
    }

    [Theory]
    [InlineData(62), InlineData(80), InlineData(100)]
    public void Help_AnyWidth_FitsAndCutsNoWord(int width)
    {
        static string[] Words(string text)
            => text.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        string wide = _studio.Run("stylize", "--help", "all").Out;
        _studio.OutColumns = width;
        string help = _studio.Run("stylize", "--help", "all").Out;

        // Examples are to be copied, so they are never wrapped.
        Assert.All(
            help.ReplaceLineEndings("\n").Split("\nExamples:")[0].Split('\n'),
            line => Assert.InRange(line.Length, 0, width));
        Assert.Equal(string.Concat(Words(wide)), string.Concat(Words(help)));
    }

    [Fact]
    public void Presets_Descriptions_NameEveryPresetOnce()
    {
        Assert.Equal(Presets.ByName.Keys.Order(), Presets.Descriptions.Select(each => each.Key).Order());
        Assert.All(Presets.Common, name => Assert.Contains(name, Presets.ByName.Keys));
    }

    [Fact]
    public void Topics_All_FitAScreenOfEightyColumns()
    {
        Assert.Equal(["color", "jobs", "masks", "quality", "video"], HelpTopics.All.Select(topic => topic.Name));
        Assert.All(HelpTopics.All, topic =>
            Assert.All(HelpTopics.Read(topic.Name).Split('\n'), line => Assert.InRange(line.Length, 0, 80)));
    }

    [Fact]
    public void Topics_EveryCommandAndOption_Exists()
    {
        Host host = new() { Out = TextWriter.Null, Error = TextWriter.Null };
        static IEnumerable<string> OptionsOf(Command command)
            => command.Options.Select(option => option.Name).Concat(command.Subcommands.SelectMany(OptionsOf));
        HashSet<string> known = [.. OptionsOf(CommandTree.Create(host))];
        foreach ((string name, string _) in HelpTopics.All)
        {
            string text = HelpTopics.Read(name).Replace("\\\n", " ", StringComparison.Ordinal);
            Assert.All(
                text.Split('\n').Where(line => line.StartsWith("  atelier ", StringComparison.Ordinal)),
                line => CommandTree.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..], host));
            Assert.All(
                text.Split((char[])[' ', '\n', ',', '(', ')', ';'])
                    .Where(word => word.StartsWith("--", StringComparison.Ordinal)),
                word => Assert.Contains(word.TrimEnd('.', ':'), known));
        }
    }

    [Theory]
    [InlineData(0, "Topics of 'atelier help'", "help")]
    [InlineData(0, "--style-mask FILE", "help", "masks")]
    [InlineData(0, "atelier sweep [CONTENT]", "help", "sweep")]
    [InlineData(2, "did you mean 'masks'?", "help", "mask")]
    public void HelpCommand_TopicOrCommand_IsShown(int code, string expected, params string[] args)
    {
        Outcome outcome = _studio.Run(args);

        Assert.Equal(code, outcome.Code);
        Assert.Contains(expected, outcome.Out + outcome.Error, StringComparison.Ordinal);
    }
}
