namespace Atelier.Imaging.Codecs.Bmp;

/// <summary>How the pixels of a bitmap are stored, numbered as in the file.</summary>
internal enum BmpCompression
{
    /// <summary>Uncompressed, with red, green and blue in the usual positions.</summary>
    None = 0,

    /// <summary>Runs of 8-bit palette colors.</summary>
    Rle8 = 1,

    /// <summary>Runs of 4-bit palette colors.</summary>
    Rle4 = 2,

    /// <summary>Uncompressed, with masks for red, green, blue and possibly alpha.</summary>
    BitFields = 3,

    /// <summary>Like <see cref="BitFields"/>, always with a mask for alpha.</summary>
    AlphaBitFields = 6,
}
