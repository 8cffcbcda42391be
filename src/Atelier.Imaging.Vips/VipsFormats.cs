namespace Atelier.Imaging.Vips;

/// <summary>Adds WebP, AVIF and TIFF to the formats of this process, through libvips.</summary>
/// <remarks>The native library is loaded when it is first needed. libvips has one configuration for a process: its
/// operation cache is turned off, and all of its loaders and savers of files but those of these formats are
/// blocked.</remarks>
public static class VipsFormats
{
    /// <summary>Why the native library cannot be used; null if it can. Loads it.</summary>
    public static string? UnavailableReason => Libvips.UnavailableReason;

    /// <summary>Version of the native library; null if it cannot be used. Loads it.</summary>
    public static string? Version => Libvips.Version;

    /// <summary>Whether files with an extension are written by these formats, if the native library can be
    /// used.</summary>
    internal static bool IsWritten(string extension)
        => All.Any(format => format is not AvifFormat
            && format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));

    internal static IReadOnlyList<IImageFormat> All { get; } = [new WebpFormat(), new AvifFormat(), new TiffFormat()];

    /// <summary>Registers the formats, and a converter for profiles of tables; calling it again does no harm. Without
    /// the native library, such files are recognized, and refused with an error that says so.</summary>
    public static void Register()
    {
        foreach (IImageFormat format in All) ImageFormats.Register(format);
        ProfileConverters.Register(new VipsProfileConverter());
    }
}
