namespace Atelier.Imaging;

/// <summary>Converts colors by ICC profiles that consist of tables, such as those of CMYK. <see
/// cref="ProfileConverters.Register"/> lets <see cref="PictureFile"/> use it; profiles of primaries and curves need
/// none.</summary>
/// <remarks>Implementations are safe for concurrent use.</remarks>
public interface IProfileConverter
{
    /// <summary>Whether it can be used on this machine.</summary>
    bool IsAvailable { get; }

    /// <summary>Converts pixels to sRGB, relative colorimetric with black point compensation.</summary>
    /// <param name="pixels">The samples of each pixel one after another, 0–65535; of CMYK, the amounts of the
    /// inks.</param>
    /// <param name="channels">Samples of a pixel: 1 of gray, 3 of RGB or 4 of CMYK.</param>
    /// <param name="profile">The profile of these samples; null for CMYK of usual print.</param>
    /// <returns>Red, green and blue of each pixel.</returns>
    /// <exception cref="ImageFormatException">The profile is damaged, not supported, or of other samples.</exception>
    ushort[] ToSrgb(ushort[] pixels, int channels, ReadOnlyMemory<byte>? profile);
}
