using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Styles;

namespace Atelier.Workshop.Inputs;

/// <summary>A picture that was read, and its name for the recipe.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Name">How a recipe names it.</param>
public sealed record InputFile(Picture Picture, RecipePicture Name)
{
    /// <summary>The path that stands for the stream of <see cref="Surroundings.OpenInput"/>.</summary>
    public const string StandardInput = "-";

    /// <summary>The decoder's warnings, with the name of the file.</summary>
    public IEnumerable<string> Warnings => Picture.Warnings.Select(warning => $"{Shown(Name.Path)}: {warning}");

    /// <summary>Throws if a file does not exist, before any work starts.</summary>
    /// <param name="role">Role of the file, such as "style".</param>
    /// <param name="path">The path as it was given.</param>
    /// <param name="option">The option that names another one; null for none.</param>
    /// <exception cref="CodedException">It is a folder (<c>input.folder</c>), or is not there
    /// (<c>input.missing</c>).</exception>
    public static void Require(string role, string path, string? option = null)
    {
        if (Directory.Exists(path))
        {
            throw CodedException.Failed("input.folder", $"{role} '{path}' is a folder, but a file is needed.",
                "name another file", option);
        }

        if (path == StandardInput)
        {
            return;
        }

        if (!File.Exists(path))
        {
            throw CodedException.Failed(
                "input.missing", $"{role} '{path}' does not exist.", "name another file", option);
        }

        if (LostTarget(path) is string target)
        {
            throw CodedException.Failed("input.missing",
                $"{role} '{path}' is a link to '{target}', which does not exist.", "name another file", option);
        }
    }

    /// <summary>Throws if a picture does not exist, or if more than one is to come from standard input.</summary>
    /// <exception cref="CodedException">One of them cannot be read, or several are standard input.</exception>
    public static void Require(IReadOnlyCollection<PictureSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        foreach (PictureSource source in sources)
            Require(source.Role, source.Path, source.Option);
        if (sources.Count(source => source.Path == StandardInput) > 1)
        {
            throw CodedException.Usage(
                "standard input ('-') can supply only one picture.", "name files for the others");
        }
    }

    /// <summary>Reads a picture.</summary>
    /// <exception cref="ImageFormatException">It is no picture that can be read; the message names
    /// the file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static InputFile Load(Surroundings around, PictureSource source)
    {
        ArgumentNullException.ThrowIfNull(around);
        ArgumentNullException.ThrowIfNull(source);
        around.Cancel.ThrowIfCancellationRequested();
        return Decode(source, ReadBytes(around, source.Path));
    }

    /// <summary>Decodes a picture from the bytes of a file.</summary>
    /// <exception cref="ImageFormatException">It is no picture that can be read; the message names the
    /// file.</exception>
    public static InputFile Decode(PictureSource source, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (StyleStatistics.IsStyleFile(bytes))
        {
            throw new ImageFormatException(
                $"{Shown(source.Path)}: this is a style file, but a picture is needed; give it as a style.");
        }

        try
        {
            return new InputFile(PictureFile.Decode(bytes), RecipePicture.Create(source.NamedAs, bytes));
        }
        catch (ImageFormatException error)
        {
            throw new ImageFormatException($"{Shown(source.Path)}: {error.Message}", error);
        }
    }

    /// <summary>Reads all bytes of a file or of standard input.</summary>
    /// <exception cref="OperationCanceledException">The work was cancelled while standard input did not
    /// end.</exception>
    public static byte[] ReadBytes(Surroundings around, string path)
    {
        ArgumentNullException.ThrowIfNull(around);
        return path == StandardInput ? ReadStandardInput(around) : File.ReadAllBytes(path);
    }

    /// <summary>Returns a path as messages show it.</summary>
    public static string Shown(string path) => path == StandardInput ? "standard input" : path;

    /// <summary>Returns the name of a file as shown in figures.</summary>
    public static string ShortName(string path) => path == StandardInput ? "standard input" : Path.GetFileName(path);

    /// <summary>The target of a link that leads nowhere; null for every other file that is there.</summary>
    internal static string? LostTarget(string path)
        => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is FileSystemInfo { Exists: false } target
            ? target.FullName
            : null;

    private static byte[] ReadStandardInput(Surroundings around)
    {
        // A terminal or pipe may never end, so interruption must not wait for it.
        Task<byte[]> reading = Task.Run(() =>
        {
            using Stream input = around.OpenInput();
            using MemoryStream bytes = new();
            input.CopyTo(bytes);
            return bytes.ToArray();
        });
        return reading.WaitAsync(around.Cancel).GetAwaiter().GetResult();
    }
}
