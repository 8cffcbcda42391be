using System.IO.Enumeration;
using Atelier.Video;
using Atelier.Workshop.Styles;

namespace Atelier.Workshop.Inputs;

/// <summary>Finds the pictures of folders and patterns, so that these work in every shell.</summary>
public static class InputPattern
{
    private const string AnyDepth = "**", StyleExtension = StyleFileExtraction.Extension;

    /// <summary>Returns the files that are meant: each file as it is given, the pictures of a folder, and those whose
    /// path matches a pattern in which <c>*</c> and <c>?</c> stand for parts of a name and <c>**</c> for any folders;
    /// in natural order for each folder and pattern; a file that is given twice is returned once.</summary>
    /// <param name="given">Files, folders and patterns.</param>
    /// <param name="role">What the files are, such as "style".</param>
    /// <param name="option">The option that supplies them; null for none.</param>
    /// <param name="areStyles">Whether style files are included.</param>
    /// <exception cref="CodedException">A folder or pattern has no pictures (<c>input.missing</c>).</exception>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static IReadOnlyList<string> Expand(
        IEnumerable<string> given, string role, string? option = null, bool areStyles = false)
    {
        ArgumentNullException.ThrowIfNull(given);
        List<string> files = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (string path in given)
        {
            string[] found = Find(path, areStyles);
            if (found.Length == 0)
            {
                throw CodedException.Failed("input.missing", Directory.Exists(path)
                        ? $"{role} '{path}' is a folder without pictures."
                        : $"{role} '{path}' matches no picture.",
                    "name another folder, file or pattern", option);
            }

            files.AddRange(found.Where(file => known.Add(Path.GetFullPath(file))));
        }

        return files;
    }

    /// <summary>Whether a path stands for several files.</summary>
    internal static bool IsOfSeveral(string path) => Directory.Exists(path) || (IsPattern(path) && !File.Exists(path));

    /// <summary>Returns the folders whose files a path stands for; none for a single file.</summary>
    internal static IEnumerable<string> FoldersOf(string path)
        => Directory.Exists(path) ? [path]
            : !IsOfSeveral(path) ? []
            : FoldersMatching(path).Select(folder => folder.Length == 0 ? "." : folder);

    private static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    private static string[] Find(string path, bool areStyles)
    {
        if (Directory.Exists(path))
        {
            return FilesIn(path, areStyles);
        }

        string name = Path.GetFileName(path);
        return !IsOfSeveral(path) ? [path]
            : [.. FoldersMatching(path).SelectMany(folder => FilesIn(folder, areStyles)
                .Where(file => IsMatch(name, Path.GetFileName(file))))];
    }

    private static string[] FilesIn(string folder, bool areStyles)
    {
        string[] pictures = FolderSource.PicturesIn(folder.Length == 0 ? "." : folder);
        IEnumerable<string> styles = areStyles
            ? Directory.EnumerateFiles(folder.Length == 0 ? "." : folder, $"*{StyleExtension}")
            : [];
        return
        [
            .. pictures.Concat(styles).Order(NaturalOrder.Instance)
                .Select(file => folder.Length == 0 ? Path.GetFileName(file) : file),
        ];
    }

    /// <summary>Returns the folders that match a pattern without its last part; an empty one is the working
    /// folder.</summary>
    private static IEnumerable<string> FoldersMatching(string pattern)
    {
        string folders = Path.GetDirectoryName(pattern) ?? "";
        string root = Path.GetPathRoot(folders) ?? "";
        IEnumerable<string> found = [root];
        foreach (string part in folders[root.Length..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries))
        {
            found = [.. found.SelectMany(folder => Below(folder, part))];
        }

        return found;
    }

    private static IEnumerable<string> Below(string folder, string part)
    {
        if (!IsPattern(part))
        {
            string below = Path.Combine(folder, part);
            return Directory.Exists(below) ? [below] : [];
        }

        return part == AnyDepth
            ? FoldersIn(folder).SelectMany(below => Below(below, part)).Prepend(folder)
            : FoldersIn(folder).Where(below => IsMatch(part, Path.GetFileName(below)));
    }

    // A link to a folder above would be followed forever.
    private static IEnumerable<string> FoldersIn(string folder)
        => new DirectoryInfo(folder.Length == 0 ? "." : folder).EnumerateDirectories()
            .Where(below => below.LinkTarget is null && !below.Name.StartsWith('.'))
            .Select(below => Path.Combine(folder, below.Name)).Order(NaturalOrder.Instance);

    private static bool IsMatch(string pattern, string name)
        => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
