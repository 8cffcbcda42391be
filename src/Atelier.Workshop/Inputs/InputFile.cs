using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Styles;

namespace Atelier.Workshop.Inputs;

/// <summary>A picture loaded from a file, and its reference for the recipe.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Name">The reference to it in a recipe.</param>
public sealed record InputFile(Picture Picture, RecipePicture Name)
{
    /// <summary>The path that stands for the stream of <see cref="WorkshopContext.OpenInput"/>.</summary>
    public const string StandardInput = "-";

    /// <summary>The decoder's warnings, with the name of the file.</summary>
    public IEnumerable<string> Warnings => Picture.Warnings.Select(warning => $"{Shown(Name.Path)}: {warning}");

    /// <summary>Whether a path names a file, possibly with a page, a folder or standard input.</summary>
    public static bool Exists(string path)
        => path == StandardInput || Directory.Exists(path) || PagePath.Parse(path).Exists;

    /// <summary>Throws if a file does not exist, before any work starts.</summary>
    /// <param name="role">Role of the file, such as "style".</param>
    /// <param name="path">The path as given, possibly with a page.</param>
    /// <param name="option">The option that supplies the file; null for none.</param>
    /// <exception cref="CodedException">The path is a folder (<c>input.folder</c>), or does not exist
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

        PagePath named = PagePath.Parse(path);
        if (!named.Exists)
        {
            throw CodedException.Failed(
                "input.missing", $"{role} '{path}' does not exist.", "name another file", option);
        }

        if (FindBrokenLinkTarget(named.File) is string target)
        {
            throw CodedException.Failed("input.missing",
                $"{role} '{path}' is a link to '{target}', which does not exist.", "name another file", option);
        }
    }

    /// <summary>Throws if a picture does not exist, or if more than one is read from standard input.</summary>
    /// <exception cref="CodedException">A file does not exist, or several are standard input.</exception>
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
    /// <exception cref="ImageFormatException">The file is not a picture in a supported format; the message names
    /// it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static InputFile Load(WorkshopContext context, PictureSource source)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(source);
        context.Cancel.ThrowIfCancellationRequested();
        return Decode(source, ReadBytes(context, source.Path));
    }

    /// <summary>Reads a picture whose samples are not colors, such as a mask or labels.</summary>
    /// <inheritdoc cref="Load"/>
    public static InputFile LoadSamples(WorkshopContext context, PictureSource source)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(source);
        context.Cancel.ThrowIfCancellationRequested();
        return Decode(
            source, ReadBytes(context, source.Path), (bytes, page) => PictureFile.DecodeSamples(bytes, page: page));
    }

    /// <summary>Decodes a picture from the bytes of a file.</summary>
    /// <exception cref="CodedException">The file is a style file (<c>input.style-file</c>).</exception>
    /// <exception cref="ImageFormatException">The file is not a picture in a supported format; the message names
    /// it.</exception>
    public static InputFile Decode(PictureSource source, byte[] bytes)
        => Decode(source, bytes, (file, page) => PictureFile.Decode(file, page: page));

    private static InputFile Decode(PictureSource source, byte[] bytes, Func<byte[], int, Picture> decode)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (StyleStatistics.IsStyleFile(bytes))
        {
            throw CodedException.Failed(
                "input.style-file", $"{source.Role} '{Shown(source.Path)}' is a style file, but a picture is needed.",
                "give it as a style", source.Option);
        }

        try
        {
            Picture picture = decode(bytes, PagePath.Parse(source.Path).Page);
            return new InputFile(picture, RecipePicture.Create(source.NamedAs, bytes));
        }
        catch (ImageFormatException error)
        {
            throw new ImageFormatException($"{Shown(source.Path)}: {error.Message}", error);
        }
    }

    /// <summary>Reads all bytes of a file or of standard input.</summary>
    /// <exception cref="OperationCanceledException">The work was canceled while standard input was being
    /// read.</exception>
    public static byte[] ReadBytes(WorkshopContext context, string path)
    {
        ArgumentNullException.ThrowIfNull(context);
        return path == StandardInput ? ReadStandardInput(context) : File.ReadAllBytes(PagePath.Parse(path).File);
    }

    /// <summary>Returns a path as messages show it.</summary>
    public static string Shown(string path) => path == StandardInput ? "standard input" : path;

    /// <summary>Returns the name of a file as shown in figures.</summary>
    public static string ShortName(string path) => path == StandardInput ? "standard input" : Path.GetFileName(path);

    /// <summary>Returns the target of a broken link; null for every other existing file.</summary>
    internal static string? FindBrokenLinkTarget(string path)
        => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is FileSystemInfo { Exists: false } target
            ? target.FullName
            : null;

    private static byte[] ReadStandardInput(WorkshopContext context)
    {
        // A terminal or pipe may never end, so interruption must not wait for it.
        Task<byte[]> reading = Task.Run(() =>
        {
            using Stream input = context.OpenInput();
            using MemoryStream bytes = new();
            input.CopyTo(bytes);
            return bytes.ToArray();
        });
        return reading.WaitAsync(context.Cancel).GetAwaiter().GetResult();
    }
}
