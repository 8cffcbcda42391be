namespace Atelier.Imaging.Profiles;

/// <summary>The inks of a picture in CMYK, whose colors are only approximate until a converter has made them of the
/// inks.</summary>
/// <param name="Inks">The amounts of cyan, magenta, yellow and black in [0, 1], Height × Width each.</param>
/// <param name="Profile">The profile of the inks; null for usual print.</param>
internal sealed record CmykColors(float[][] Inks, byte[]? Profile) : StoredColors
{
    /// <summary>Returns the light that passes through inks, by a plain formula.</summary>
    internal static float[] Light(float[] ink, float[] black)
        => [.. ink.Zip(black, (a, b) => (1 - a) * (1 - b))];

    internal override StoredColors Turned(Func<float[], float[]> turn)
        => this with { Inks = [.. Inks.Select(turn)] };

    internal override Picture ToSrgb(Picture decoded)
    {
        if (ProfileConverters.Available is not IProfileConverter converter) return decoded.WithProfile(null);
        List<string> warnings = [];
        float[][]? byProfile = Profile is null ? null : ByProfile(converter, warnings);
        float[][] colors = byProfile ?? ByUsualPrint(converter, warnings);
        return decoded.WithColors(colors[0], colors[1], colors[2]).WithProfile(null, warnings);
    }

    private float[][]? ByProfile(IProfileConverter converter, List<string> warnings)
    {
        try
        {
            float[][] colors = ProfileTables.ToSrgb(converter, Inks, Profile);
            warnings.Add("The CMYK colors were converted to sRGB by their ICC profile; a result is in sRGB.");
            return colors;
        }
        catch (ImageFormatException error)
        {
            warnings.Add($"The ICC profile cannot be applied and was ignored: {error.Message.TrimEnd('.')}.");
            return null;
        }
    }

    private float[][] ByUsualPrint(IProfileConverter converter, List<string> warnings)
    {
        float[][] colors = ProfileTables.ToSrgb(converter, Inks, null);
        warnings.Add("The CMYK colors were converted to sRGB as those of usual print; a result is in sRGB.");
        return colors;
    }
}
