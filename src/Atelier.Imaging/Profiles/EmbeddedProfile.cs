namespace Atelier.Imaging.Profiles;

/// <summary>Decides whether the ICC profile in a file applies to its samples.</summary>
internal static class EmbeddedProfile
{
    /// <summary>Returns the profile if it is intact and describes the samples; otherwise null, with a
    /// warning.</summary>
    /// <param name="profile">The bytes in the file.</param>
    /// <param name="model">The color model of the samples: RGB, GRAY or CMYK.</param>
    /// <param name="warn">Receives the warning, a phrase about the profile.</param>
    internal static byte[]? Accept(byte[] profile, string model, Action<string> warn)
    {
        try
        {
            string described = IccReader.ModelOf(profile);
            if (described != model)
            {
                warn($"describes {described.Trim('\0')} but the samples are {model}; it was ignored");
                return null;
            }

            _ = IccReader.Read(profile);
            if (model == "CMYK")
            {
                // The samples have already been converted to RGB by a plain formula.
                warn("of the inks is not applied, so the colors are approximate");
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
    /// cannot hold a painting.</summary>
    /// <param name="profile">An accepted profile; empty for none.</param>
    internal static bool IsKept(ReadOnlySpan<byte> profile)
        => !profile.IsEmpty && IccReader.ModelOf(profile) == "RGB";
}
