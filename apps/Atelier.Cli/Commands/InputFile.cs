using Atelier.Imaging;
using Atelier.Recipes;

namespace Atelier.Cli.Commands;

/// <summary>A picture that is to be read.</summary>
/// <param name="Role">What it is for, as in "style".</param>
/// <param name="Path">The file to open, or <c>-</c>.</param>
/// <param name="Option">The option that names another one; null for an argument.</param>
internal sealed record PictureSource(string Role, string Path, string? Option = null)
{
    /// <summary>The path that the recipe keeps: the file may have been found beside the result.</summary>
    public string NamedAs { get; init; } = Path;
}

/// <summary>A picture that was read, and how a recipe names it.</summary>
internal sealed record InputFile(Picture Picture, RecipePicture Name)
{
    public const string StandardInput = "-";

    /// <summary>Refuses a file that is not there, before any work starts.</summary>
    /// <param name="role">What the file is for, as in "style".</param>
    /// <param name="path">The path as it was given.</param>
    /// <param name="option">The option that names another one; null for an argument.</param>
    public static void Require(string role, string path, string? option = null)
    {
        string next = option is null ? "name another file." : $"name another file with {option} FILE.";
        if (Directory.Exists(path))
        {
            throw CliException.Failed("input.folder", $"{role} '{path}' is a folder, but a file is needed.", next);
        }

        if (path != StandardInput && !File.Exists(path))
        {
            throw CliException.Failed("input.missing", $"{role} '{path}' does not exist.", next);
        }
    }

    /// <summary>Refuses pictures that are not there, and standard input for more than one of them.</summary>
    public static void Require(IReadOnlyCollection<PictureSource> sources)
    {
        foreach (PictureSource source in sources)
            Require(source.Role, source.Path, source.Option);
        if (sources.Count(source => source.Path == StandardInput) > 1)
        {
            throw CliException.Usage("standard input ('-') can be one picture only.", "name files for the others.");
        }
    }

    public static InputFile Load(Host host, PictureSource source)
    {
        host.Interrupt.ThrowIfCancellationRequested();
        return Decode(source, ReadBytes(host, source.Path));
    }

    /// <summary>The picture in the bytes of a file.</summary>
    public static InputFile Decode(PictureSource source, byte[] bytes)
    {
        try
        {
            return new InputFile(PictureFile.Decode(bytes), RecipePicture.Of(source.NamedAs, bytes));
        }
        catch (ImageFormatException error)
        {
            throw new ImageFormatException($"{Shown(source.Path)}: {error.Message}", error);
        }
    }

    /// <summary>All bytes of a file, or of standard input.</summary>
    public static byte[] ReadBytes(Host host, string path)
        => path == StandardInput ? ReadStandardInput(host) : File.ReadAllBytes(path);

    /// <summary>A path as messages name it.</summary>
    public static string Shown(string path) => path == StandardInput ? "standard input" : path;

    /// <summary>What the decoder made up for, with the file's name.</summary>
    public IEnumerable<string> Warnings => Picture.Warnings.Select(warning => $"{Shown(Name.Path)}: {warning}");

    private static byte[] ReadStandardInput(Host host)
    {
        // A terminal or a pipe may never end; whoever interrupts does not want to wait for it.
        Task<byte[]> reading = Task.Run(() =>
        {
            using Stream input = host.OpenInput();
            using MemoryStream bytes = new();
            input.CopyTo(bytes);
            return bytes.ToArray();
        });
        return reading.WaitAsync(host.Interrupt).GetAwaiter().GetResult();
    }
}
