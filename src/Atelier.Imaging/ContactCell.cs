namespace Atelier.Imaging;

/// <summary>One cell of a contact sheet.</summary>
/// <param name="Picture">The picture; null leaves the cell empty.</param>
/// <param name="Caption">The caption below the picture, wrapped at word boundaries if it is too long.</param>
public sealed record ContactCell(Picture? Picture, string Caption);
