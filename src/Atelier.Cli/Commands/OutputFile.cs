using Atelier.Imaging;

namespace Atelier.Cli.Commands;

/// <summary>The file that a result goes to. Checked before the work starts, written whole or not at all.</summary>
internal sealed class OutputFile
{
    public const string StandardOutput = "-";
    private const string StreamExtension = ".png";
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

    public void Save(Picture picture)
    {
        if (Path == StandardOutput)
        {
            using Stream output = _host.OpenOutput();
            PictureFile.Encode(picture, output, StreamExtension, _encode);
        }
        else
        {
            PictureFile.Save(picture, Path, _encode);
        }
    }

    /// <summary>Writes a picture on the way: <c>night-step0040.png</c> beside <c>night.png</c>.</summary>
    public void SaveStep(Picture picture, int step) => PictureFile.Save(picture, StepPath($"{step:0000}"), _encode);

    /// <summary>Refuses to begin when a picture on the way could replace a foreign file.</summary>
    public void RequireReplaceableSteps(bool force)
    {
        string pattern = StepPath("*");
        foreach (string path in Directory.EnumerateFiles(
            System.IO.Path.GetDirectoryName(FullPath)!, System.IO.Path.GetFileName(pattern)))
        {
            RequireReplaceable(path, force);
        }
    }

    private string StepPath(string step) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(FullPath)!,
        $"{System.IO.Path.GetFileNameWithoutExtension(Path)}-step{step}{System.IO.Path.GetExtension(Path)}");

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
            throw CliException.Usage($"output '{path}' cannot be written as '{extension}'.",
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
            string probe = System.IO.Path.Combine(folder, $".atelier-{Guid.NewGuid():N}.tmp");
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
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
            throw CliException.Failed("output.exists", $"output '{path}' exists and is not an earlier result.",
                "add --force to replace it, or name another file with -o FILE.");
        }
    }

    private static bool IsOwnResult(string path)
    {
        try
        {
            return PictureFile.Load(path).Text.ContainsKey(Recipe.TextKey);
        }
        catch (ImageFormatException)
        {
            return false;
        }
    }

    private static bool IsSame(string a, string b) => string.Equals(Resolved(a), Resolved(b),
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static string Resolved(string path)
        => File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is FileSystemInfo target
            ? target.FullName
            : System.IO.Path.GetFullPath(path);
}
