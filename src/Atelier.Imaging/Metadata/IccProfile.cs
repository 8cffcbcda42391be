namespace Atelier.Imaging.Metadata;

/// <summary>Checks the property of an ICC profile that Atelier depends on.</summary>
internal static class IccProfile
{
    private const int HeaderLength = 128;
    private const int ColorSpaceOffset = 16;

    /// <summary>Whether a profile describes RGB data; only such a profile can be kept with a picture.</summary>
    internal static bool DescribesRgb(ReadOnlySpan<byte> profile)
        => profile.Length >= HeaderLength && profile[ColorSpaceOffset..].StartsWith("RGB "u8);
}
