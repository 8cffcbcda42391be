using System.Globalization;

namespace Atelier.Workshop.Inputs;

/// <summary>A path that may name a page of a file: <c>scan.tif#3</c>. A file whose own name ends so is that
/// file.</summary>
/// <param name="File">The path of the file.</param>
/// <param name="Page">The page, from 1.</param>
internal readonly record struct PagePath(string File, int Page)
{
    private const char Separator = '#';

    /// <summary>Whether the file exists.</summary>
    public bool Exists => System.IO.File.Exists(File);

    /// <summary>Reads the path.</summary>
    public static PagePath Parse(string path)
    {
        int at = path.LastIndexOf(Separator);
        return at > 0 && !System.IO.File.Exists(path)
            && int.TryParse(path.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int page)
            ? new PagePath(path[..at], page)
            : new PagePath(path, 1);
    }
}
