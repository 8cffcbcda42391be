namespace Atelier.Imaging.Profiles;

/// <summary>Colors that a file stores in another way than as gray or RGB with a profile. A decoded picture has them
/// until it is converted to sRGB.</summary>
internal abstract record StoredColors
{
    /// <summary>Returns the picture in sRGB, with a warning that says what was done.</summary>
    internal abstract Picture ToSrgb(Picture decoded);

    /// <summary>Returns the colors of the picture that <see cref="OrientationExtensions.Apply"/> makes
    /// upright.</summary>
    /// <param name="turn">Turns a plane.</param>
    internal virtual StoredColors Turned(Func<float[], float[]> turn) => this;
}
