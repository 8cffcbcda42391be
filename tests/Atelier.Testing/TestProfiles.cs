using System.Text;
using Atelier.Imaging.Profiles;

namespace Atelier.Testing;

/// <summary>ICC profiles made for a test.</summary>
internal static class TestProfiles
{
    /// <summary>Display P3: primaries and curves.</summary>
    internal static byte[] DisplayP3 { get; } = OfCodePoints(12, 13);

    /// <summary>sRGB, so that samples stay as they are.</summary>
    /// <param name="length">The least length; what follows the profile is noise.</param>
    internal static byte[] Srgb(int length = 0)
    {
        byte[] profile = OfCodePoints(1, 13), noise = new byte[Math.Max(0, length - profile.Length)];
        new Random(length).NextBytes(noise);
        return [.. profile, .. noise];
    }

    /// <summary>A profile of primaries and curves.</summary>
    internal static byte[] OfCodePoints(int primaries, int transfer)
    {
        CodePoints points = CodePoints.Create(primaries, transfer);
        return IccWriter.Write(points.Space, points.Name, points.White);
    }

    /// <summary>A profile whose only tag is a table, and that is damaged.</summary>
    /// <param name="model">Four letters, such as "RGB ".</param>
    /// <param name="length">Its length, at least 144 bytes; what follows the header is noise.</param>
    internal static byte[] OfTables(string model, int length = 300)
    {
        byte[] profile = new byte[length];
        new Random(length).NextBytes(profile.AsSpan(144));
        Encoding.ASCII.GetBytes($"mntr{model}Lab ").CopyTo(profile, 12);
        "acsp"u8.CopyTo(profile.AsSpan(36));
        ((byte[])[0, 0, 0, 1, .. "A2B0"u8, 0, 0, 0, 144, 0, 0, 0, 0]).CopyTo(profile, 128);
        return profile;
    }
}
