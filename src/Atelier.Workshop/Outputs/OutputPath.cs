using Atelier.Imaging;
using Atelier.Primitives;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Outputs;

/// <summary>What a place must be so that a result can be written there, found out before any work.</summary>
public static class OutputPath
{
    private const int InvalidNameOnWindows = unchecked((int)0x8007007B);

    /// <summary>Throws if the path is an input file.</summary>
    /// <exception cref="CodedException">It is one of them, by whatever name.</exception>
    public static void RequireNoInput(string path, IEnumerable<string> inputs)
    {
        if (inputs.FirstOrDefault(input => input != InputFile.StandardInput && IsSame(input, path)) is string same)
        {
            throw CodedException.Usage($"output '{path}' is also an input ('{same}').", "name another file");
        }
    }

    /// <summary>Throws if the path is a folder, or if its folder is missing or not writable.</summary>
    /// <exception cref="CodedException">It is (<c>output.folder</c>), or its name is too long.</exception>
    public static void RequireFolder(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (Directory.Exists(path))
        {
            throw CodedException.Failed("output.folder", $"output '{path}' is a folder.", "name a file in it");
        }

        if (!Directory.Exists(folder))
        {
            throw CodedException.Failed(
                "output.folder", $"the output folder '{folder}' does not exist.", "create it first");
        }

        try
        {
            AtomicFile.Probe(path);
        }
        catch (PathTooLongException)
        {
            throw CodedException.Usage($"the name of output '{path}' is too long.", "choose a shorter one");
        }
        catch (IOException error) when (error.HResult == InvalidNameOnWindows)
        {
            throw CodedException.Usage(
                $"output '{path}' has too long a name, or one with characters that Windows does not take.",
                "choose another");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CodedException.Failed(
                "output.folder", $"the output folder '{folder}' is not writable.", "choose another");
        }
    }

    /// <summary>Refuses to replace a file, unless that is allowed or it may be replaced anyway.</summary>
    /// <param name="path">The place.</param>
    /// <param name="mayReplace">Whether any file may be replaced.</param>
    /// <param name="isOurs">Whether the file that is there is an earlier result.</param>
    /// <param name="problem">What is wrong with another one, as in <c>exists and carries no recipe</c>.</param>
    /// <param name="role">What the file is called, as in <c>output</c>.</param>
    /// <param name="option">The option that names another place; null for that of the result.</param>
    /// <exception cref="CodedException">There is another file (<c>output.exists</c>).</exception>
    public static void RequireReplaceable(
        string path, bool mayReplace, Func<string, bool> isOurs, string problem, string role = "output",
        string? option = null)
    {
        ArgumentNullException.ThrowIfNull(isOurs);
        if (mayReplace || !File.Exists(path))
        {
            return;
        }

        if (InputFile.LostTarget(path) is string target)
        {
            problem = $"is a link to '{target}', which does not exist";
        }
        else if (isOurs(path))
        {
            return;
        }

        throw CodedException.Failed(
            "output.exists", $"{role} '{path}' {problem}.", "allow it to be replaced, or name another file", option);
    }

    /// <summary>Refuses a name that tells no format that can be written.</summary>
    internal static void RequireExtension(string path)
    {
        string extension = Path.GetExtension(path);
        if (!PictureFile.WritableExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            string problem = Directory.Exists(path)
                ? "is a folder"
                : extension.Length == 0
                ? "has no extension to determine its format"
                : $"cannot be written as '{extension}'";
            throw CodedException.Usage($"output '{path}' {problem}.",
                Directory.Exists(path)
                    ? "name a file in it"
                    : $"use one of {string.Join(", ", PictureFile.WritableExtensions)}");
        }
    }

    // The disks of Windows and macOS usually take no notice of capitals. Where one does, a name is refused for nothing.
    private static StringComparison ComparisonOfNames => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    private static bool IsSame(string a, string b) => string.Equals(Resolved(a), Resolved(b), ComparisonOfNames);

    /// <summary>Resolves all links in the path, of the file and of the folders above it.</summary>
    private static string Resolved(string path)
    {
        string full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not string folder)
        {
            return full;
        }

        full = Path.Combine(Resolved(folder), Path.GetFileName(full));
        FileSystemInfo? target = Path.Exists(full)
            ? new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)
            : null;
        return target is null ? full : Resolved(target.FullName);
    }
}
