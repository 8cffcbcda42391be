namespace Atelier.Imaging.Metadata;

/// <summary>What Atelier needs to know of an ICC profile.</summary>
internal static class IccProfile
{
    private const int HeaderLength = 128;
    private const int ColorSpaceOffset = 16;

    /// <summary>Whether a profile describes RGB data; only such a profile can stay with a picture.</summary>
    internal static bool DescribesRgb(ReadOnlySpan<byte> profile)
        => profile.Length >= HeaderLength && profile[ColorSpaceOffset..].StartsWith("RGB "u8);
}
