namespace Atelier.Imaging;

/// <summary>One picture of a contact sheet.</summary>
/// <param name="Picture">The picture; null leaves its place empty.</param>
/// <param name="Caption">What stands below it, broken between words where it is too long.</param>
public sealed record ContactCell(Picture? Picture, string Caption);
