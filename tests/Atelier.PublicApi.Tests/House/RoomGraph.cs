using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace Atelier.PublicApi.Tests.House;

/// <summary>Which rooms know which others: a room is a folder of the source tree with all that is in it, except for the
/// folders in it that are rooms of their own.</summary>
internal sealed partial class RoomGraph
{
    // For each arrow from one room to another, the types that draw it.
    private readonly SortedDictionary<(string From, string To), SortedSet<string>> _arrows = [];

    private RoomGraph(IEnumerable<string> rooms) => Rooms = rooms.ToHashSet();

    internal IReadOnlySet<string> Rooms { get; }

    internal IEnumerable<(string From, string To)> Arrows => _arrows.Keys;

    /// <summary>Reads the table whose rows are a room, its folder in backticks, and the rooms that it knows.</summary>
    /// <param name="markdown">A text with one such table.</param>
    /// <param name="folders">Receives the folder of each room.</param>
    internal static RoomGraph Parse(string markdown, out IReadOnlyDictionary<string, string> folders)
    {
        IReadOnlyList<Match> rows = TableRow().Matches(markdown);
        folders = rows.ToDictionary(row => row.Groups["room"].Value, row => row.Groups["folder"].Value);
        RoomGraph graph = new(folders.Keys);
        foreach (Match row in rows)
        {
            foreach (string known in row.Groups["knows"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries))
                graph.Draw(row.Groups["room"].Value, known, "the table");
        }

        return graph;
    }

    /// <summary>Reads what the types of assemblies refer to: bases, members, what is in their methods, attributes.
    /// </summary>
    /// <param name="assemblies">Compiled from folders that have their names.</param>
    /// <param name="folders">The folder of each room.</param>
    internal static RoomGraph Read(IEnumerable<Assembly> assemblies, IReadOnlyDictionary<string, string> folders)
    {
        RoomGraph graph = new(folders.Keys);
        foreach (IType type in new ArchLoader().LoadAssemblies([.. assemblies]).Build().Types)
        {
            // Parameters of generic types lie nowhere.
            foreach (IType used in type.Dependencies.Select(dependency => dependency.Target))
            {
                if (used is not GenericParameter && RoomOf(used, folders) is string to)
                {
                    graph.Draw(RoomOf(type, folders) ?? FolderOf(type), to, $"{OutermostOf(type)} uses {used.Name}");
                }
            }
        }

        return graph;
    }

    /// <summary>Which types draw an arrow, and by what.</summary>
    internal IEnumerable<string> Reasons((string From, string To) arrow) => _arrows[arrow];

    /// <summary>A way from a room along the arrows back to itself; empty when there is none.</summary>
    internal IReadOnlyList<string> FindCycle()
    {
        HashSet<string> done = [];
        List<string> path = [];
        bool Visit(string room)
        {
            path.Add(room);
            if (path.IndexOf(room) < path.Count - 1)
            {
                return true;
            }

            bool found = done.Add(room) && Arrows.Any(arrow => arrow.From == room && Visit(arrow.To));
            if (!found)
            {
                path.RemoveAt(path.Count - 1);
            }

            return found;
        }

        return Arrows.Select(arrow => arrow.From).Any(Visit) ? path[path.IndexOf(path[^1])..] : [];
    }

    private void Draw(string from, string to, string reason)
    {
        if (from != to)
        {
            _arrows.TryAdd((from, to), []);
            _arrows[(from, to)].Add(reason);
        }
    }

    /// <summary>The room of the innermost folder that has the type; null for types of others.</summary>
    private static string? RoomOf(IType type, IReadOnlyDictionary<string, string> folders)
        => folders.Where(room => $"{FolderOf(type)}/".StartsWith($"{room.Value}/", StringComparison.Ordinal))
            .OrderByDescending(room => room.Value.Length).Select(room => room.Key).FirstOrDefault();

    private static string OutermostOf(IType type)
        => type.FullName[(type.FullName.Split('+')[0].LastIndexOf('.') + 1)..].Split('+')[0];

    /// <summary>The folder that an assembly and a namespace stand for, as in <c>Atelier.Engine/Cpu</c>.</summary>
    private static string FolderOf(IType type)
    {
        string assembly = type.Assembly?.Name.Split(',')[0] ?? "", space = type.Namespace?.FullName ?? "";
        string inside = space.StartsWith($"{assembly}.", StringComparison.Ordinal) ? space[assembly.Length..] : "";
        return assembly + inside.Replace('.', '/');
    }

    [GeneratedRegex(@"^\| (?<room>[\w. ]+) \| `(?<folder>[\w./]+)` \| (?<knows>[^|]*?) ?\|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
