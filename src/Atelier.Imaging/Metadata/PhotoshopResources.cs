using System.Buffers.Binary;

namespace Atelier.Imaging.Metadata;

/// <summary>The blocks in which Photoshop and its readers store IPTC-IIM.</summary>
internal static class PhotoshopResources
{
    private const ushort IptcId = 0x0404;

    /// <summary>Returns the records of IPTC-IIM among resources; null if there are none, or if they are
    /// damaged.</summary>
    internal static byte[]? FindIptc(ReadOnlySpan<byte> resources)
    {
        while (resources.Length >= 12 && resources.StartsWith("8BIM"u8))
        {
            int id = BinaryPrimitives.ReadUInt16BigEndian(resources[4..]);

            // The name and the contents are both filled up to an even length.
            int name = (resources[6] + 2) & ~1;
            if (resources.Length < 10 + name) return null;
            uint length = BinaryPrimitives.ReadUInt32BigEndian(resources[(6 + name)..]);
            resources = resources[(10 + name)..];
            if (length > resources.Length) return null;
            if (id == IptcId) return resources[..(int)length].ToArray();
            resources = resources[Math.Min(resources.Length, (int)((length + 1) & ~1u))..];
        }

        return null;
    }

    /// <summary>Returns the resource of IPTC-IIM.</summary>
    internal static byte[] FromIptc(ReadOnlySpan<byte> iptc)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, iptc.Length);
        return [.. "8BIM"u8, IptcId >> 8, IptcId & 0xFF, 0, 0, .. length, .. iptc, .. new byte[iptc.Length & 1]];
    }
}
