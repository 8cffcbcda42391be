namespace Atelier.Imaging.Profiles;

/// <summary>Samples in a space that a result should not be written in, such as high dynamic range or linear
/// light.</summary>
/// <param name="Points">The color space.</param>
/// <param name="Warning">What is done to the samples.</param>
internal sealed record CodePointColors(CodePoints Points, string Warning) : StoredColors
{
    internal override Picture ToSrgb(Picture decoded)
    {
        Points.Space.ToSrgb(decoded.Red, decoded.Green, decoded.Blue);
        return decoded.WithProfile(null, Warning);
    }
}
