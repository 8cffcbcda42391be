namespace Atelier.Weights.Hdf5;

/// <summary>The checksum that HDF5 appends to chunks: Fletcher's sums of big-endian 16-bit words, modulo
/// 65535.</summary>
internal static class Fletcher
{
    // The sum of sums of this many words cannot overflow.
    private const int MaxWords = 360;

    internal static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint first = 0, second = 0;
        for (int start = 0; start < bytes.Length; start += 2 * MaxWords)
        {
            int end = Math.Min(bytes.Length, start + (2 * MaxWords));
            for (int i = start; i < end; i += 2)
            {
                first += (uint)((bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0));
                second += first;
            }

            (first, second) = (Fold(first), Fold(second));
        }

        return (Fold(second) << 16) | Fold(first);
    }

    private static uint Fold(uint sum) => (sum & 0xFFFF) + (sum >> 16);
}
