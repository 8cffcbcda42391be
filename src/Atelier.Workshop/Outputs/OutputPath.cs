using Atelier.Imaging;
using Atelier.Imaging.Vips;
using Atelier.Primitives;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Outputs;

/// <summary>Checks, before work starts, that results can be written to a path.</summary>
public static class OutputPath
{
    private const int InvalidNameOnWindows = unchecked((int)0x8007007B);

    /// <summary>Throws if the path is an input file.</summary>
    /// <exception cref="CodedException">The path refers to an input file, possibly under another name.</exception>
    public static void RequireNoInput(string path, IEnumerable<string> inputs)
    {
        if (inputs.FirstOrDefault(input => input != InputFile.StandardInput && IsSame(PagePath.Parse(input).File, path))
            is string same)
        {
            throw CodedException.Usage($"output '{path}' is also an input ('{same}').", "name another file");
        }
    }

    /// <summary>Throws if any of the paths is an input file.</summary>
    /// <exception cref="CodedException">A path refers to an input file, possibly under another name.</exception>
    internal static void RequireNoInput(IEnumerable<string> paths, IReadOnlyCollection<string> inputs)
    {
        HashSet<string> resolved = inputs.Where(input => input != InputFile.StandardInput)
            .Select(input => Resolved(PagePath.Parse(input).File)).ToHashSet(NameComparer);
        if (paths.FirstOrDefault(path => resolved.Contains(Resolved(path))) is string same)
        {
            RequireNoInput(same, inputs);
        }
    }

    /// <summary>Whether two paths refer to the same file or folder, possibly under different names.</summary>
    internal static bool IsSame(string a, string b) => NameComparer.Equals(Resolved(a), Resolved(b));

    /// <summary>Throws if the path is a folder, or if its folder is missing or not writable.</summary>
    /// <exception cref="CodedException">The path is a folder, or its folder cannot be used (<c>output.folder</c>), or
    /// the name is invalid.</exception>
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
                $"the name of output '{path}' is too long, or has characters that Windows does not allow.",
                "choose another");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CodedException.Failed(
                "output.folder", $"the output folder '{folder}' is not writable.", "choose another");
        }
    }

    /// <summary>Throws if a file exists and must not be replaced.</summary>
    /// <param name="path">The path to write to.</param>
    /// <param name="mayReplace">Whether any file may be replaced.</param>
    /// <param name="isOurs">Returns whether the existing file is an earlier result, which may be replaced.</param>
    /// <param name="problem">What is wrong with any other file, such as <c>exists and contains no recipe</c>.</param>
    /// <param name="role">Name of the file in messages, such as <c>output</c>.</param>
    /// <param name="option">The option that sets the path; null for that of the result.</param>
    /// <exception cref="CodedException">There is a file that must not be replaced (<c>output.exists</c>).</exception>
    public static void RequireReplaceable(
        string path, bool mayReplace, Func<string, bool> isOurs, string problem, string role = "output",
        string? option = null)
    {
        ArgumentNullException.ThrowIfNull(isOurs);
        if (mayReplace || !File.Exists(path))
        {
            return;
        }

        if (InputFile.FindBrokenLinkTarget(path) is string target)
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

    /// <summary>Throws if the file extension is not that of a format that can be written.</summary>
    internal static void RequireExtension(string path)
    {
        string extension = Path.GetExtension(path);
        if (ImageFormats.FindWritable(extension) is null)
        {
            bool isUnavailable = VipsFormats.UnavailableReason is not null && VipsFormats.IsWritten(extension);
            string problem = Directory.Exists(path)
                ? "is a folder"
                : extension.Length == 0
                ? "has no extension to determine its format"
                : isUnavailable ? $"cannot be written as '{extension}', because libvips cannot be used " +
                    $"({VipsFormats.UnavailableReason})"
                : $"cannot be written as '{extension}'";
            throw CodedException.Usage($"output '{path}' {problem}.",
                Directory.Exists(path)
                    ? "name a file in it"
                    : $"use one of {string.Join(", ", ImageFormats.WritableExtensions)}");
        }
    }

    /// <summary>Throws if the format of a file cannot store a picture of a size.</summary>
    /// <param name="bytesPerPixel">Bytes of the samples of a pixel.</param>
    /// <exception cref="CodedException">The picture would be too large.</exception>
    internal static void RequireSize(string path, int width, int height, int bytesPerPixel)
    {
        IImageFormat? format = ImageFormats.FindWritable(Path.GetExtension(path));
        string? limit = format is null ? null
            : Math.Max(width, height) > format.MaxSide ? $"{format.MaxSide} pixels on a side"
            : (long)width * height * bytesPerPixel > format.MaxBytes ? $"{format.MaxBytes / 1_000_000} MB of samples"
            : null;
        if (limit is not null)
        {
            throw CodedException.Usage(
                $"output '{path}' would have {width} x {height} pixels, but {format!.Name} allows at most {limit}.",
                "use PNG, or a smaller size");
        }
    }

    // File systems of Windows and macOS usually ignore case. On one that does not, a valid name may be rejected.
    private static StringComparer NameComparer => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparer.OrdinalIgnoreCase
        : StringComparer.Ordinal;

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
