using Atelier.Imaging;
using Atelier.Primitives;
using Atelier.Recipes;

namespace Atelier.Cli.Commands;

/// <summary>The file that a result goes to. Checked before the work starts, written whole or not at all.</summary>
internal sealed class OutputFile
{
    public const string StandardOutput = "-";

    /// <summary>Keyword of the text by which a sheet is known for the tool's own result.</summary>
    public const string SweepKey = "atelier:sweep";
    private const string StreamExtension = ".png";
    private const int InvalidNameOnWindows = unchecked((int)0x8007007B);
    private readonly Host _host;
    private readonly EncodeOptions _encode;

    /// <summary>Refuses a place that cannot be written to or must not be overwritten.</summary>
    /// <param name="inputs">Files that are read, which a result never replaces.</param>
    /// <param name="force">Whether a file that is not an earlier result may be replaced.</param>
    public OutputFile(Host host, string path, IEnumerable<string> inputs, bool force, EncodeOptions encode)
    {
        (_host, Path, _encode) = (host, path, encode);
        if (path == StandardOutput)
        {
            if (host.OutIsTerminal)
            {
                throw CliException.Usage("-o -: a terminal cannot show a picture.", "send it to a file or a pipe.");
            }

            return;
        }

        RequireExtension(path);
        RequireNoInput(path, inputs);
        RequireFolder(path);
        RequireReplaceable(path, force);
    }

    public string Path { get; }

    /// <summary>The place as a script wants it: absolute, or <c>-</c>.</summary>
    public string FullPath => Path == StandardOutput ? Path : System.IO.Path.GetFullPath(Path);

    /// <summary>The file beside it that holds the state of an unfinished run.</summary>
    public string CheckpointPath => CheckpointOf(Path);

    /// <summary>Whether a picture has transparency that the format cannot hold.</summary>
    public bool LosesAlphaOf(Picture picture) => picture.Alpha is not null && Path != StandardOutput
        && !System.IO.Path.GetExtension(Path).Equals(StreamExtension, StringComparison.OrdinalIgnoreCase);

    public void Save(Picture picture)
    {
        if (Path == StandardOutput)
        {
            SaveToStream(picture);
        }
        else
        {
            PictureFile.Save(picture, Path, _encode);
        }
    }

    /// <summary>The error of a standard output that takes nothing.</summary>
    public static CliException ClosedStream(Exception error) => CliException.Failed(
        "output.closed", $"standard output is closed or full ({error.Message.TrimEnd('.')}).",
        "write to a file instead.");

    private void SaveToStream(Picture picture)
    {
        try
        {
            using Stream output = _host.OpenOutput();
            PictureFile.Save(picture, output, StreamExtension, _encode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ClosedStream(error);
        }
    }

    /// <summary>Refuses to begin when the checkpoint cannot be written, or that of an earlier run
    /// would be lost.</summary>
    public void RequireCheckpoint(IEnumerable<string> inputs, bool mayReplace)
    {
        RequireNoInput(CheckpointPath, inputs);
        RequireFolder(CheckpointPath);
        if (!mayReplace && File.Exists(CheckpointPath))
        {
            throw CliException.Failed("checkpoint.exists",
                $"'{CheckpointPath}' holds the state of an unfinished run.",
                "add --resume to go on with it, or --force to begin anew.");
        }
    }

    /// <summary>Writes a picture on the way: <c>night-step0040.png</c> beside <c>night.png</c>.</summary>
    public void SaveStep(Picture picture, int step) => PictureFile.Save(picture, StepPath($"{step:0000}"), _encode);

    /// <summary>Refuses to begin when a picture on the way could replace a foreign file.</summary>
    public void RequireReplaceableSteps(bool force)
    {
        RequireFolder(StepPath("0000"));
        string pattern = StepPath("*");
        foreach (string path in Directory.EnumerateFiles(
            System.IO.Path.GetDirectoryName(FullPath)!, System.IO.Path.GetFileName(pattern)))
        {
            RequireReplaceable(path, force);
        }
    }

    private string StepPath(string step) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(FullPath)!,
        $"{System.IO.Path.GetFileNameWithoutExtension(Path)}-step{step}{System.IO.Path.GetExtension(Path)}");

    /// <summary>The checkpoint's path for an output.</summary>
    public static string CheckpointOf(string output) => $"{output}.atelier-checkpoint";

    /// <summary>Refuses to replace a file that is read.</summary>
    public static void RequireNoInput(string path, IEnumerable<string> inputs)
    {
        if (inputs.FirstOrDefault(input => IsSame(input, path)) is string same)
        {
            throw CliException.Usage($"output '{path}' is also an input ('{same}').", "name another file.");
        }
    }

    private static void RequireExtension(string path)
    {
        string extension = System.IO.Path.GetExtension(path);
        if (!PictureFile.WritableExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            string problem = extension.Length == 0
                ? "has no extension to tell its format"
                : $"cannot be written as '{extension}'";
            throw CliException.Usage($"output '{path}' {problem}.",
                $"use one of {string.Join(", ", PictureFile.WritableExtensions)}.");
        }
    }

    /// <summary>Refuses a path that is a folder, or whose folder is missing or cannot be written to.</summary>
    public static void RequireFolder(string path)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        if (Directory.Exists(path))
        {
            throw CliException.Failed("output.folder", $"output '{path}' is a folder.", "name a file in it.");
        }

        if (!Directory.Exists(folder))
        {
            throw CliException.Failed(
                "output.folder", $"the folder '{folder}' of the output does not exist.", "create it first.");
        }

        try
        {
            AtomicFile.Probe(path);
        }
        catch (PathTooLongException)
        {
            throw CliException.Usage($"output '{path}' has too long a name.", "choose a shorter one.");
        }
        catch (IOException error) when (error.HResult == InvalidNameOnWindows)
        {
            throw CliException.Usage(
                $"output '{path}' has too long a name, or one with characters that Windows does not take.",
                "choose another.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CliException.Failed(
                "output.folder", $"the folder '{folder}' of the output cannot be written to.", "choose another.");
        }
    }

    private static void RequireReplaceable(string path, bool force)
    {
        if (!force && File.Exists(path) && !IsOwnResult(path))
        {
            throw CliException.Failed("output.exists",
                $"output '{path}' exists and carries no recipe, so it may not be an earlier result.",
                "add --force to replace it, or name another file with -o FILE.");
        }
    }

    private static bool IsOwnResult(string path)
    {
        try
        {
            Picture picture = PictureFile.Load(path);
            return picture.Text.ContainsKey(Recipe.TextKey) || picture.Text.ContainsKey(SweepKey);
        }
        catch (Exception error) when (error is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The disks of Windows and macOS usually take no notice of capitals. Where one does, a name is refused for nothing.
    private static StringComparison ComparisonOfNames => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    private static bool IsSame(string a, string b) => string.Equals(Resolved(a), Resolved(b),
        ComparisonOfNames);

    /// <summary>The path without links, neither of the file nor of a folder above it.</summary>
    private static string Resolved(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (System.IO.Path.GetDirectoryName(full) is not string folder)
        {
            return full;
        }

        full = System.IO.Path.Combine(Resolved(folder), System.IO.Path.GetFileName(full));
        FileSystemInfo? target = System.IO.Path.Exists(full)
            ? new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)
            : null;
        return target is null ? full : Resolved(target.FullName);
    }
}
