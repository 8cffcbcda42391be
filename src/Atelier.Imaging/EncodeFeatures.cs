namespace Atelier.Imaging;

/// <summary>What a format can store of a picture, and which of the <see cref="EncodeOptions"/> it follows.</summary>
[Flags]
public enum EncodeFeatures
{
    /// <summary>Colors of 8 bits only.</summary>
    None = 0,

    /// <summary>Transparency. Other formats receive the picture composited over white, or without its alpha.</summary>
    Alpha = 1,

    /// <summary>16 bits per sample; follows <see cref="EncodeOptions.BitDepth"/> if it stores 8 bits too.</summary>
    SixteenBits = 2,

    /// <summary>An ICC profile.</summary>
    IccProfile = 4,

    /// <summary>Text with keywords, such as a recipe. Other formats receive it as part of the XMP packet in <see
    /// cref="Picture.Metadata"/>.</summary>
    Text = 8,

    /// <summary>Lossy compression; follows <see cref="EncodeOptions.Quality"/>.</summary>
    Quality = 16,

    /// <summary>Lossless compression as a choice; follows <see cref="EncodeOptions.Lossless"/>.</summary>
    Lossless = 32,
}
