using System.Buffers.Binary;

namespace Atelier.Imaging.Vips;

/// <summary>The bytes of an ICC profile, and what kind of profile they are.</summary>
internal sealed record IccData(byte[] Bytes)
{
    private const int HeaderLength = 128, ColorSpaceOffset = 16, EntryLength = 12;

    /// <summary>Whether it describes RGB.</summary>
    public bool IsRgb => Describes("RGB "u8);

    /// <summary>Whether it describes CMYK.</summary>
    public bool IsCmyk => Describes("CMYK"u8);

    /// <summary>Whether it converts colors by a table and not by three curves and a matrix.</summary>
    public bool HasTable
    {
        get
        {
            if (Bytes.Length < HeaderLength + 4) return false;
            ReadOnlySpan<byte> entries = Bytes.AsSpan(HeaderLength + 4);
            uint count = BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(HeaderLength));
            for (; count > 0 && entries.Length >= EntryLength; count--, entries = entries[EntryLength..])
            {
                if (entries.StartsWith("A2B0"u8) || entries.StartsWith("A2B1"u8)) return true;
            }

            return false;
        }
    }

    private bool Describes(ReadOnlySpan<byte> space)
        => Bytes.Length >= HeaderLength && Bytes.AsSpan(ColorSpaceOffset).StartsWith(space);
}
