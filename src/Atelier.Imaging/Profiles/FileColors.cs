namespace Atelier.Imaging.Profiles;

/// <summary>Converts between the samples in files, in the color space of the file's profile, and pictures in memory,
/// in sRGB.</summary>
internal static class FileColors
{
    /// <summary>Returns a decoded picture in sRGB. Its planes are converted in place.</summary>
    /// <param name="decoded">Samples as in the file, in [0, 1], and the file's profile.</param>
    internal static Picture ToSrgb(Picture decoded)
    {
        if (decoded.IccProfile is not ReadOnlyMemory<byte> profile)
        {
            return decoded;
        }

        ColorSpace? space;
        try
        {
            space = IccReader.Read(profile.Span);
        }
        catch (ImageFormatException error)
        {
            return decoded.WithProfile(null, $"The ICC profile is damaged and was ignored: {error.Message}.");
        }

        ReadOnlyMemory<byte>? kept = EmbeddedProfile.IsKept(profile.Span) ? decoded.IccProfile : null;
        if (space is null)
        {
            // The place for converters of tables.
            return decoded.WithProfile(
                kept, $"The ICC profile ({IccReader.ModelOf(profile.Span)}, tables) is not applied: only profiles of " +
                "primaries and curves are. Colors may look different; convert the picture to sRGB first.");
        }

        if (!space.IsSrgb)
        {
            space.ToSrgb(decoded.Red, decoded.Green, decoded.Blue);
        }

        return kept is null ? decoded.WithProfile(null) : decoded;
    }

    /// <summary>Returns a picture in the color space of its profile, as it is written; the picture itself if that is
    /// sRGB, or if its profile cannot be applied.</summary>
    internal static Picture ToProfile(Picture picture)
    {
        if (SpaceOf(picture.IccProfile) is not ColorSpace space || space.IsSrgb)
        {
            return picture;
        }

        float[] red = [.. picture.Red], green = [.. picture.Green], blue = [.. picture.Blue];
        space.FromSrgb(red, green, blue);
        return picture.WithColors(red, green, blue);
    }

    private static ColorSpace? SpaceOf(ReadOnlyMemory<byte>? profile)
    {
        try
        {
            return profile is ReadOnlyMemory<byte> bytes ? IccReader.Read(bytes.Span) : null;
        }
        catch (ImageFormatException)
        {
            return null;
        }
    }
}
