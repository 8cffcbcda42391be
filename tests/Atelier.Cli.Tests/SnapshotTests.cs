using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Testing;

namespace Atelier.Cli.Tests;

/// <summary>What people and programs see of the tool, in files that are reviewed with each change of it: the help of
/// every command, and the shape of every JSON document. ATELIER_ACCEPT_SNAPSHOTS=1 writes them anew.</summary>
public sealed class SnapshotTests : IDisposable
{
    private const string Folder = "tests/Atelier.Cli.Tests/Snapshots";

    private readonly Studio _studio = new();

    /// <summary>Every command as it is called, without the name of the tool; the tool itself is empty.</summary>
    public static TheoryData<string> CommandNames => [.. NamesBelow(CommandTree.Create(NewHost()), "")];

    /// <summary>Commands with all their options; those of the others are among them.</summary>
    public static TheoryData<string> WholeHelp => ["stylize", "video"];

    public static TheoryData<string> Topics => [.. HelpTopics.All.Select(topic => topic.Name)];

    public static TheoryData<string> DocumentNames =>
        [.. typeof(Document).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Document)))
            .Select(type => type.Name).Order()];

    public void Dispose() => _studio.Dispose();

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Help_OfACommand_IsTheReviewedText(string command)
    {
        Outcome outcome = _studio.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, outcome.Code);
        IEnumerable<string> lines = outcome.Out.Replace(RootCommand.ExecutableName, "atelier", StringComparison.Ordinal)
            .ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.TrimEnd());
        AssertReviewed(HelpFile(command), string.Join('\n', lines));
    }

    [Theory]
    [MemberData(nameof(WholeHelp))]
    public void Help_All_IsTheReviewedText(string command)
        => AssertReviewed(
            HelpFile($"{command} all"), _studio.Run(command, "--help", "all").Out.ReplaceLineEndings("\n").TrimEnd());

    [Theory]
    [MemberData(nameof(Topics))]
    public void Help_OfATopic_IsTheReviewedText(string topic)
        => AssertReviewed(
            HelpFile($"on {topic}"), _studio.Run("help", topic).Out.ReplaceLineEndings("\n").TrimEnd());

    [Theory]
    [MemberData(nameof(DocumentNames))]
    public void Json_OfADocument_HasTheReviewedShape(string document)
    {
        Type type = typeof(Document).Assembly.GetTypes().Single(type => type.Name == document);

        AssertReviewed(JsonFile(document), string.Join('\n', ShapeOf(type, "").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Snapshots_AreThoseOfTheCommandsAndDocuments()
        => Assert.Equal(
            CommandNames.Select(row => row.Data).Concat(WholeHelp.Select(row => $"{row.Data} all"))
                .Concat(Topics.Select(row => $"on {row.Data}")).Select(HelpFile)
                .Concat(DocumentNames.Select(row => JsonFile(row.Data)))
                .Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Repository.PathOf(Folder)).Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal));

    private static void AssertReviewed(string file, string text)
        => Assert.Null(GeneratedFile.Difference($"{Folder}/{file}", text + "\n", "ATELIER_ACCEPT_SNAPSHOTS"));

    private static string HelpFile(string command)
        => $"help {command}".TrimEnd().Replace(' ', '-') + ".txt";

    private static string JsonFile(string document)
        => $"json-{JsonNamingPolicy.KebabCaseLower.ConvertName(document[..^nameof(Document).Length])}.txt";

    private static IEnumerable<string> NamesBelow(Command command, string name)
        => command.Subcommands.Where(sub => !sub.Hidden)
            .SelectMany(sub => NamesBelow(sub, $"{name} {sub.Name}".TrimStart())).Prepend(name);

    /// <summary>A line for each property, as in <c>scales[].width: Int32</c>; a question mark follows the name of what
    /// may be null.</summary>
    private static IEnumerable<string> ShapeOf(Type type, string path)
    {
        JsonTypeInfo info = Documents.Default.GetTypeInfo(type)
            ?? throw new InvalidOperationException($"{type} is in no JSON document.");
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => info.Properties.Where(property => property.Get is not null).SelectMany(
                property => ShapeOf(
                    Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
                    $"{path}.{property.Name}{(MayBeNull(property) ? "?" : "")}".TrimStart('.'))),
            JsonTypeInfoKind.Enumerable => ShapeOf(info.ElementType!, $"{path}[]"),
            _ => [$"{path}: {type.Name}"],
        };
    }

    private static bool MayBeNull(JsonPropertyInfo property)
        => property.IsGetNullable
            && (!property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null);

    private static Host NewHost() => new()
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        OpenInput = () => Stream.Null,
        OpenOutput = () => Stream.Null,
        CreatePainter = _ => new FakePainter(),
    };
}
