using Atelier.Imaging;
using Atelier.Recipes;

namespace Atelier.Workshop.Outputs;

/// <summary>The file that a painting goes to, with the files beside it: pictures on the way and the state of an
/// unfinished run. Checked before the work starts, each written whole or not at all.</summary>
public sealed class OutputFile
{
    /// <summary>The path that stands for the stream of <see cref="Surroundings.OpenOutput"/>.</summary>
    public const string StandardOutput = "-";

    /// <summary>Keyword of the text by which the sheet of a sweep is known for an earlier result.</summary>
    public const string SweepKey = "atelier:sweep";

    private const string StreamExtension = ".png";
    private readonly Surroundings _around;
    private readonly EncodeOptions _encode;

    /// <summary>Throws if the path cannot be written to or must not be overwritten.</summary>
    /// <param name="around">Where standard output is.</param>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="inputs">Input files, which a result never replaces.</param>
    /// <param name="force">Whether to replace a file that is not an earlier result.</param>
    /// <param name="encode">How the picture is written.</param>
    /// <exception cref="CodedException">It cannot, or must not.</exception>
    public OutputFile(
        Surroundings around, string path, IEnumerable<string> inputs, bool force, EncodeOptions encode)
    {
        (_around, Path, _encode) = (around, path, encode);
        if (path == StandardOutput)
        {
            return;
        }

        OutputPath.RequireExtension(path);
        OutputPath.RequireNoInput(path, inputs);
        OutputPath.RequireFolder(path);
        RequireReplaceable(path, force);
    }

    /// <summary>The file, or <c>-</c>.</summary>
    public string Path { get; }

    /// <summary>The place as a program wants it: absolute, or <c>-</c>.</summary>
    public string FullPath => Path == StandardOutput ? Path : System.IO.Path.GetFullPath(Path);

    /// <summary>The checkpoint file beside it.</summary>
    public string CheckpointPath => CheckpointOf(Path);

    /// <summary>Returns the checkpoint path for an output.</summary>
    public static string CheckpointOf(string output) => $"{output}.atelier-checkpoint";

    /// <summary>Whether a picture has transparency that the format cannot store.</summary>
    public bool LosesAlphaOf(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture.Alpha is not null && Path != StandardOutput
            && !System.IO.Path.GetExtension(Path).Equals(StreamExtension, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Writes the picture.</summary>
    /// <exception cref="CodedException">Standard output takes nothing (<c>output.closed</c>).</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(Picture picture)
    {
        if (Path == StandardOutput)
        {
            SaveToStream(_around, picture, _encode);
        }
        else
        {
            PictureFile.Save(picture, Path, _encode);
        }
    }

    /// <summary>Creates the error for a standard output that accepts no data.</summary>
    public static CodedException ClosedStream(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return CodedException.Failed("output.closed",
            $"standard output is closed or full ({error.Message.TrimEnd('.')}).", "write to a file instead");
    }

    /// <summary>Throws if the checkpoint cannot be written, or if the checkpoint of an earlier run would be
    /// lost.</summary>
    /// <exception cref="CodedException">There is one (<c>checkpoint.exists</c>), or the place cannot be written
    /// to.</exception>
    public void RequireCheckpoint(IEnumerable<string> inputs, bool mayReplace)
    {
        OutputPath.RequireNoInput(CheckpointPath, inputs);
        OutputPath.RequireFolder(CheckpointPath);
        if (!mayReplace && File.Exists(CheckpointPath))
        {
            throw CodedException.Failed("checkpoint.exists",
                $"'{CheckpointPath}' is the checkpoint of an unfinished run.", "resume it, or allow it to be replaced");
        }
    }

    /// <summary>Writes an intermediate picture: <c>night-step0040.png</c> beside <c>night.png</c>.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveIntermediate(Picture picture, int step) => PictureFile.Save(picture, IntermediatePath($"{step:0000}"), _encode);

    /// <summary>Throws if an intermediate picture could replace a file that is not an earlier result.</summary>
    /// <exception cref="CodedException">It could (<c>output.exists</c>).</exception>
    public void RequireReplaceableIntermediates(bool force)
    {
        OutputPath.RequireFolder(IntermediatePath("0000"));
        string pattern = IntermediatePath("*");
        foreach (string path in Directory.EnumerateFiles(
            System.IO.Path.GetDirectoryName(FullPath)!, System.IO.Path.GetFileName(pattern)))
        {
            RequireReplaceable(path, force);
        }
    }

    internal static void SaveToStream(Surroundings around, Picture picture, EncodeOptions? encode = null)
    {
        try
        {
            using Stream output = around.OpenOutput();
            PictureFile.Save(picture, output, StreamExtension, encode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ClosedStream(error);
        }
    }

    private string IntermediatePath(string step) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(FullPath)!,
        $"{System.IO.Path.GetFileNameWithoutExtension(Path)}-step{step}{System.IO.Path.GetExtension(Path)}");

    private static void RequireReplaceable(string path, bool force) => OutputPath.RequireReplaceable(
        path, force, IsOwnResult, "exists and carries no recipe, so it may not be an earlier result");

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
}
