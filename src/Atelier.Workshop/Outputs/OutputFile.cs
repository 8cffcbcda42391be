using Atelier.Imaging;
using Atelier.Recipes;

namespace Atelier.Workshop.Outputs;

/// <summary>The output file of a run, with the files beside it: intermediate pictures and the checkpoint of an
/// unfinished run. Checked before work starts, and written atomically.</summary>
public sealed class OutputFile
{
    /// <summary>The path that stands for the stream of <see cref="WorkshopContext.OpenOutput"/>.</summary>
    public const string StandardOutput = "-";

    /// <summary>Keyword of the text chunk that marks the contact sheet of a sweep, so that a later sweep may replace
    /// it.</summary>
    public const string SweepKey = "atelier:sweep";

    private const string StreamExtension = ".png";
    private readonly WorkshopContext _context;
    private readonly EncodeOptions _encode;

    /// <summary>Throws if the path cannot be written to or must not be overwritten.</summary>
    /// <param name="context">Supplies standard output.</param>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="inputs">Input files, which a result never replaces.</param>
    /// <param name="force">Whether to replace a file that is not an earlier result.</param>
    /// <param name="encode">How the picture is written.</param>
    /// <exception cref="CodedException">The path cannot be written to or must not be overwritten.</exception>
    public OutputFile(
        WorkshopContext context, string path, IEnumerable<string> inputs, bool force, EncodeOptions encode)
    {
        (_context, Path, _encode) = (context, path, encode);
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

    /// <summary>The absolute path, or <c>-</c>.</summary>
    public string FullPath => Path == StandardOutput ? Path : System.IO.Path.GetFullPath(Path);

    /// <summary>The checkpoint file beside it.</summary>
    public string CheckpointPath => GetCheckpointPath(Path);

    /// <summary>Returns the checkpoint path for an output.</summary>
    public static string GetCheckpointPath(string output) => $"{output}.atelier-checkpoint";

    /// <summary>Returns warnings about what the format cannot store of a picture.</summary>
    public IEnumerable<string> GetWarnings(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        string extension = System.IO.Path.GetExtension(Path);
        if (picture.IsTransparent && Path != StandardOutput
            && ImageFormats.FindWritable(extension)?.Writes?.HasFlag(EncodeFeatures.Alpha) != true)
        {
            yield return $"the picture is partly transparent, which {extension} files cannot store; use PNG, WebP, " +
                "TIFF or QOI to keep that.";
        }
    }

    /// <summary>Throws if the format cannot store the result of a run.</summary>
    /// <exception cref="CodedException">The picture would be too large.</exception>
    internal void RequireSize(StylizeRequest request)
    {
        (int width, int height) = request.ResultSize;
        bool isDeep = (_encode.BitDepth ?? request.Content?.BitDepth ?? 8) > 8;
        OutputPath.RequireSize(
            Path, width, height, (request.Content?.Alpha is null ? 3 : 4) * (isDeep ? 2 : 1));
    }

    /// <summary>Writes the picture. If that fails, it is written to another folder, so that the work is not
    /// lost.</summary>
    /// <exception cref="CodedException">Standard output accepts no data (<c>output.closed</c>), or the file cannot be
    /// written; the message says where the picture is.</exception>
    /// <exception cref="IOException">The file cannot be written, neither there nor elsewhere.</exception>
    public void Save(Picture picture)
    {
        if (Path == StandardOutput)
        {
            SaveToStream(_context, picture, _encode);
        }
        else
        {
            SaveSomewhere(picture);
        }
    }

    private void SaveSomewhere(Picture picture)
    {
        try
        {
            PictureFile.Save(picture, Path, _encode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failure failure = Failure.FromException(error);
            string? other = FallbackFolder.Save(
                System.IO.Path.GetFileName(Path), path => PictureFile.Save(picture, path, _encode));
            if (other is null)
            {
                throw;
            }

            string reason = failure.Code == Failure.DiskFull ? "the disk is full" : failure.Message.TrimEnd('.');
            throw CodedException.Failed(failure.Code,
                $"output '{Path}' cannot be written: {reason}. The picture was saved to '{other}'.", failure.Remedy);
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
    /// <exception cref="CodedException">There is a checkpoint (<c>checkpoint.exists</c>), or its folder is not
    /// writable.</exception>
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
    public void SaveIntermediate(Picture picture, int iteration)
        => PictureFile.Save(picture, IntermediatePath($"{iteration:0000}"), _encode);

    /// <summary>Throws if an intermediate picture could replace a file that is not an earlier result.</summary>
    /// <exception cref="CodedException">There is such a file (<c>output.exists</c>).</exception>
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

    internal static void SaveToStream(WorkshopContext context, Picture picture, EncodeOptions? encode = null)
    {
        try
        {
            using Stream output = context.OpenOutput();
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
        path, force, IsOwnResult, "exists and contains no recipe, so it may not be an earlier result");

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
