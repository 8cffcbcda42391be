namespace Atelier.Imaging.Profiles;

/// <summary>Converts between the samples in files, in the color space of the file's profile, and pictures in memory,
/// in sRGB.</summary>
internal static class FileColors
{
    /// <summary>Returns a decoded picture in sRGB. Its planes are converted in place.</summary>
    /// <param name="decoded">Samples as in the file, in [0, 1], and the file's profile.</param>
    internal static Picture ToSrgb(Picture decoded)
    {
        if (decoded.StoredColors is StoredColors colors)
        {
            return colors.ToSrgb(decoded);
        }

        if (decoded.IccProfile is not ReadOnlyMemory<byte> profile)
        {
            return decoded;
        }

        try
        {
            if (IccReader.Read(profile.Span) is not ColorSpace space)
            {
                return ByTables(decoded, profile);
            }

            if (!space.IsSrgb)
            {
                space.ToSrgb(decoded.Red, decoded.Green, decoded.Blue);
            }

            return EmbeddedProfile.IsKept(profile.Span) ? decoded : decoded.WithProfile(null);
        }
        catch (ImageFormatException error)
        {
            return decoded.WithProfile(
                null, $"The ICC profile cannot be applied and was ignored: {error.Message.TrimEnd('.')}.");
        }
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

    private static Picture ByTables(Picture decoded, ReadOnlyMemory<byte> profile)
    {
        string model = IccReader.ModelOf(profile.Span);
        if (ProfileConverters.Available is not IProfileConverter converter || model is not ("RGB" or "GRAY"))
        {
            throw new ImageFormatException($"it is of {model} in tables; the samples were taken as sRGB");
        }

        float[][] channels = model == "GRAY" ? [decoded.Red] : [decoded.Red, decoded.Green, decoded.Blue];
        float[][] srgb = ProfileTables.ToSrgb(converter, channels, profile);
        return decoded.WithColors(srgb[0], srgb[1], srgb[2]).WithProfile(
            null, "The colors were converted to sRGB by the tables of their ICC profile; a result is in sRGB.");
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
