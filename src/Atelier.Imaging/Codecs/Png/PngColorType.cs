namespace Atelier.Imaging.Codecs.Png;

/// <summary>The meaning of the samples of a pixel, numbered as in the file.</summary>
internal enum PngColorType : byte
{
    /// <summary>One sample: gray.</summary>
    Gray = 0,

    /// <summary>Three samples: red, green, blue.</summary>
    Rgb = 2,

    /// <summary>One sample: an index into the palette.</summary>
    Palette = 3,

    /// <summary>Two samples: gray and alpha.</summary>
    GrayAlpha = 4,

    /// <summary>Four samples: red, green, blue, alpha.</summary>
    Rgba = 6,
}
