namespace Atelier.Imaging.Profiles;

/// <summary>Samples of a high dynamic range, which a result is not written in.</summary>
/// <param name="Points">The color space; its curve maps the range to that of sRGB.</param>
internal sealed record HdrColors(CodePoints Points) : StoredColors
{
    internal override Picture ToSrgb(Picture decoded)
    {
        Points.Space.ToSrgb(decoded.Red, decoded.Green, decoded.Blue);
        return decoded.WithProfile(null, $"The high dynamic range ({Points.Name}) was mapped to that of sRGB.");
    }
}
