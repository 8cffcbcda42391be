using Atelier.Video.Ffmpeg;

namespace Atelier.Workshop.Formats;

/// <summary>A program of this machine that converts HEIC pictures to PNG.</summary>
/// <param name="Path">The path of the program.</param>
public sealed record HeicConverter(string Path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The programs, the most exact first. Windows has a program for disks that is called convert.</summary>
    private static readonly string[] Programs = OperatingSystem.IsWindows()
        ? ["heif-dec.exe", "heif-convert.exe", "magick.exe"]
        : ["heif-dec", "heif-convert", "sips", "magick", "convert"];

    /// <summary>Finds a program.</summary>
    /// <param name="folders">The folders in which the system searches for programs.</param>
    /// <returns>The program; null if there is none.</returns>
    public static HeicConverter? Find(IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        return Programs.SelectMany(program => folders.Select(folder => System.IO.Path.Combine(folder, program)))
            .Where(File.Exists).Select(path => new HeicConverter(path)).FirstOrDefault();
    }

    /// <summary>Instructions for installing a program on this system.</summary>
    public static string InstallHint => OperatingSystem.IsWindows()
        ? "install one with 'winget install ImageMagick.Q16'"
        : OperatingSystem.IsMacOS() ? "install one with 'brew install libheif'"
        : File.Exists("/usr/bin/dnf") ? "install one with 'sudo dnf install libheif-tools'"
        : File.Exists("/sbin/apk") ? "install one with 'apk add libheif-tools'"
        : "install one with 'sudo apt install libheif-examples'";

    private bool IsOfLibheif => System.IO.Path.GetFileName(Path).StartsWith("heif-", StringComparison.Ordinal);

    /// <summary>Converts a picture.</summary>
    /// <param name="heic">The bytes of the file.</param>
    /// <returns>The bytes of a PNG, upright; of a JPEG if no PNG could be written.</returns>
    /// <exception cref="AtelierException">The program failed or did not respond.</exception>
    /// <exception cref="IOException">The temporary files cannot be written.</exception>
    public byte[] Convert(ReadOnlySpan<byte> heic)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("atelier-");
        try
        {
            string from = System.IO.Path.Combine(folder.FullName, "picture.heic");
            File.WriteAllBytes(from, heic);

            // Older programs of libheif leave an empty PNG if its profile is one of those that libpng dislikes, among
            // them the most common one of sRGB.
            return Run(from, ".png") ?? (IsOfLibheif ? Run(from, ".jpg") : null)
                ?? throw new AtelierException("it wrote no picture.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private byte[]? Run(string from, string extension)
    {
        string to = System.IO.Path.ChangeExtension(from, extension);
        string[] arguments = System.IO.Path.GetFileNameWithoutExtension(Path) switch
        {
            "sips" => ["-s", "format", "png", from, "-o", to],
            "magick" or "convert" => [$"heic:{from}[0]", "-auto-orient", to],
            _ => [from, "-q", "100", to],
        };
        try
        {
            ChildProcess.Capture(Path, arguments, Patience);
        }
        catch (AtelierException) when (extension == ".png" && IsOfLibheif)
        {
            return null;
        }

        // A file of several pictures becomes as many numbered files.
        return new FileInfo(from).Directory!.EnumerateFiles($"*{extension}").Where(file => file.Length > 0)
            .OrderBy(file => file.Name.Length).ThenBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => File.ReadAllBytes(file.FullName)).FirstOrDefault();
    }
}
