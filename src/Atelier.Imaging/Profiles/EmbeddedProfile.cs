namespace Atelier.Imaging.Profiles;

/// <summary>Decides whether the ICC profile in a file applies to its samples.</summary>
internal static class EmbeddedProfile
{
    /// <summary>A longer profile does not fit into a JPEG. Those of printers have up to a few megabytes.</summary>
    private const int MaxLength = 16_000_000;

    /// <summary>Returns the profile if it is intact, describes the samples and can be applied; otherwise null, with a
    /// warning.</summary>
    /// <param name="profile">The bytes in the file.</param>
    /// <param name="model">The color model of the samples: RGB, GRAY or CMYK.</param>
    /// <param name="warn">Receives the warning, a phrase about the profile.</param>
    internal static byte[]? Accept(byte[] profile, string model, Action<string> warn)
    {
        try
        {
            if (profile.Length > MaxLength)
            {
                warn($"has {profile.Length} bytes, more than {MaxLength}, and was ignored");
                return null;
            }

            string described = IccReader.ModelOf(profile);
            if (described != model)
            {
                warn($"describes {described.Trim('\0')} but the samples are {model}; it was ignored");
                return null;
            }

            if (IccReader.Read(profile) is null && ProfileConverters.Available is null)
            {
                warn(model == "CMYK"
                    ? "of the inks is not applied, so the colors are approximate"
                    : "consists of tables, which cannot be applied here, and was ignored: the samples were taken as " +
                    "sRGB. If colors look wrong, convert the picture to sRGB first");
                return null;
            }

            return profile;
        }
        catch (ImageFormatException error)
        {
            warn($"is damaged and was ignored: {error.Message}");
            return null;
        }
    }

    /// <summary>Whether the profile is kept with the picture, so that a result is written in its space. A space of gray
    /// cannot hold a painting, and colors that were converted by tables cannot be converted back.</summary>
    /// <param name="profile">An accepted profile; empty for none.</param>
    internal static bool IsKept(ReadOnlySpan<byte> profile)
        => !profile.IsEmpty && IccReader.ModelOf(profile) == "RGB" && IccReader.Read(profile) is not null;
}
