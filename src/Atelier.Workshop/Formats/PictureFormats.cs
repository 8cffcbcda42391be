using Atelier.Imaging;
using Atelier.Imaging.Vips;

namespace Atelier.Workshop.Formats;

/// <summary>The picture formats that a program of the workshop reads and writes.</summary>
public static class PictureFormats
{
    /// <summary>Registers WebP, AVIF, TIFF and HEIC; calling it again does no harm. Every <see
    /// cref="WorkshopContext"/> does so.</summary>
    public static void Register()
    {
        VipsFormats.Register();
        ImageFormats.Register(new HeicFormat(FindHeicConverter));
    }

    /// <summary>Finds the program on the path that converts HEIC pictures; null if there is none.</summary>
    public static HeicConverter? FindHeicConverter() => HeicConverter.Find(Variables.ProgramFolders);
}
