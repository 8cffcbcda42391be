using Atelier.PublicApi.Tests.House.Samples.Left;
using Atelier.Testing;
using Assembly = System.Reflection.Assembly;

namespace Atelier.PublicApi.Tests.House;

/// <summary>The compiled rooms know each other as docs/design.md says, and none knows itself by a detour.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] Assemblies =
    [
        "Atelier.Primitives", "Atelier.Imaging", "Atelier.Imaging.Vips", "Atelier.Weights", "Atelier.Engine",
        "Atelier.Engine.OpenCl", "Atelier", "Atelier.Video", "Atelier.Workshop", "Atelier.Jobs", "Atelier.Studio",
        "Atelier.Cli",
    ];

    [Fact]
    public void Rooms_KnowEachOtherAsTheTableSays()
    {
        RoomGraph table = RoomGraph.Parse(
            File.ReadAllText(Repository.PathOf("docs", "design.md")), out IReadOnlyDictionary<string, string> folders);
        RoomGraph code = RoomGraph.Read(Assemblies.Select(Assembly.Load), folders);

        string ReasonsFor((string From, string To) arrow) => string.Join(", ", code.Reasons(arrow).Take(5));
        string[] unlisted = [.. code.Arrows.Except(table.Arrows)
            .Select(arrow => $"{arrow.From} must not know {arrow.To}: {ReasonsFor(arrow)}")];
        string[] stale = [.. table.Arrows.Except(code.Arrows)
            .Select(arrow => $"{arrow.From} does not know {arrow.To}; take it out of the table")];

        Assert.True(unlisted.Length + stale.Length == 0, string.Join('\n', unlisted.Concat(stale)));
        Assert.Empty(code.FindCycle());
    }

    [Fact]
    public void Table_NamesFoldersThatAreThere()
    {
        RoomGraph table = RoomGraph.Parse(
            File.ReadAllText(Repository.PathOf("docs", "design.md")), out IReadOnlyDictionary<string, string> folders);

        Assert.NotEmpty(folders);
        Assert.All(folders.Values, folder => Assert.True(
            Directory.Exists(Repository.PathOf("src", folder)) || Directory.Exists(Repository.PathOf("apps", folder)),
            folder));
        Assert.Subset(table.Rooms.ToHashSet(), table.Arrows.Select(arrow => arrow.To).ToHashSet());
    }

    [Fact]
    public void Cycle_OfThreeRooms_IsFound()
    {
        RoomGraph graph = RoomGraph.Parse(
            """
            | room | folder | knows |
            | --- | --- | --- |
            | Top | `A/Top` | One, Two |
            | One | `A/One` | Two |
            | Two | `A/Two` | Three |
            | Three | `A/Three` | One |
            """,
            out _);

        Assert.Equal(["One", "Two", "Three", "One"], graph.FindCycle());
    }

    [Fact]
    public void Cycle_WhereTwoWaysMeet_IsNone()
    {
        RoomGraph graph = RoomGraph.Parse(
            """
            | Top | `A/Top` | Left, Right |
            | Left | `A/Left` | Bottom |
            | Right | `A/Right` | Bottom |
            | Bottom | `A/Bottom` | |
            """,
            out _);

        Assert.Empty(graph.FindCycle());
    }

    [Theory]
    [InlineData(nameof(ByBase))]
    [InlineData(nameof(ByField))]
    [InlineData(nameof(BySignature))]
    [InlineData(nameof(ByAttribute))]
    [InlineData(nameof(ByGenericArgument))]
    [InlineData(nameof(ByCall))]
    [InlineData(nameof(ByLambda))]
    [InlineData(nameof(ByIterator))]
    [InlineData(nameof(ByAsync))]
    [InlineData(nameof(ByTypeOf))]
    [InlineData(nameof(ByNested))]
    public void Reference_OfEachForm_IsSeen(string type)
    {
        RoomGraph graph = RoomGraph.Read([typeof(ByBase).Assembly], new Dictionary<string, string>
        {
            ["Left"] = "Atelier.PublicApi.Tests/House/Samples/Left",
            ["Right"] = "Atelier.PublicApi.Tests/House/Samples/Right",
        });

        Assert.Contains(graph.Reasons(("Left", "Right")), reason => reason.StartsWith($"{type} uses"));
        Assert.NotEmpty(graph.FindCycle());
    }
}
