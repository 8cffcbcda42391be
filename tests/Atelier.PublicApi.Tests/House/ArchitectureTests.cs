using System.Text.RegularExpressions;
using Atelier.Testing;

namespace Atelier.PublicApi.Tests.House;

/// <summary>Rooms of the library know only the rooms below them.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Primitives"] = [],
        ["Diagnostics"] = [],
        ["Tensors"] = [],
        ["Statistics"] = [],
        ["Weights"] = ["Diagnostics", "Primitives"],
        ["Imaging"] = ["Diagnostics"],
        ["Color"] = ["Imaging"],
        ["Engine"] = ["Tensors", "Statistics"],
        ["Layers"] = ["Tensors", "Engine"],
        ["Networks"] = ["Diagnostics", "Primitives", "Tensors", "Engine", "Layers", "Statistics", "Weights"],
        ["Optimizers"] = ["Tensors", "Engine"],
        ["Losses"] = ["Tensors", "Engine", "Networks", "Statistics", "Optimizers", "Imaging"],
        ["Inspection"] = ["Diagnostics", "Tensors", "Engine", "Networks", "Statistics", "Imaging"],
        ["Regions"] = ["Color", "Engine", "Imaging", "Inspection", "Losses"],
        ["Pyramid"] = ["Tensors", "Statistics", "Engine", "Networks", "Losses", "Optimizers", "Imaging", "Weights"],
        ["Flow"] = ["Engine", "Imaging"],
        ["Video"] = ["Color", "Engine", "Flow", "Imaging", "Losses", "Networks", "Pyramid", "Regions"],
    };

    [Fact]
    public void Rooms_UseOnlyTheRoomsBelowThem()
    {
        List<string> problems = [];
        foreach ((string room, string[] allowed) in Allowed)
        {
            string folder = Repository.PathOf("src", "Atelier", room);
            foreach (string path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            {
                foreach (Match match in UsingDirective().Matches(File.ReadAllText(path)))
                {
                    string used = match.Groups[1].Value;
                    if (used != room && !allowed.Contains(used))
                    {
                        problems.Add($"{path} uses {used}.");
                    }
                }
            }
        }

        Assert.Empty(problems);
    }

    [Fact]
    public void Rooms_AreAllListed()
        => Assert.Equal(
            Directory.EnumerateDirectories(Repository.PathOf("src", "Atelier")).Select(Path.GetFileName).Order(),
            Allowed.Keys.Order());

    [GeneratedRegex(@"^using Atelier\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();
}
