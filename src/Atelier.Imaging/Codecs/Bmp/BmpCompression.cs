namespace Atelier.Imaging.Codecs.Bmp;

/// <summary>How the pixels of a bitmap are stored, numbered as in the file.</summary>
internal enum BmpCompression
{
    /// <summary>Plain, with the usual places of red, green and blue.</summary>
    None = 0,

    /// <summary>Runs of 8-bit palette colors.</summary>
    Rle8 = 1,

    /// <summary>Runs of 4-bit palette colors.</summary>
    Rle4 = 2,

    /// <summary>Plain, with masks that say where red, green, blue and perhaps alpha are.</summary>
    BitFields = 3,

    /// <summary>Like <see cref="BitFields"/>, with a mask for alpha in any case.</summary>
    AlphaBitFields = 6,
}
