namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>A Huffman code for encoding, optimized for the symbols of a picture.</summary>
internal sealed class HuffmanCode
{
    private const int SymbolCount = 256;

    private readonly (ushort Bits, byte Length)[] _codes = new (ushort, byte)[SymbolCount];

    /// <summary>Creates the optimal code of at most 16 bits in which no code is all ones (T.81, annex K.2).</summary>
    /// <param name="frequencies">How often each of the 256 symbols occurs.</param>
    internal HuffmanCode(ReadOnlySpan<int> frequencies)
    {
        int[] frequency = frequencies.ToArray();
        Symbols = [.. Enumerable.Range(0, SymbolCount).Where(symbol => frequency[symbol] > 0)
            .OrderByDescending(symbol => frequency[symbol]).Select(symbol => (byte)symbol)];
        Counts = CountLengths([.. Symbols.Select(symbol => frequency[symbol])]);

        int code = 0, index = 0;
        for (int length = 1; length <= HuffmanTable.MaxCodeLength; length++, code <<= 1)
        {
            for (int i = 0; i < Counts[length - 1]; i++)
            {
                _codes[Symbols[index++]] = ((ushort)code++, (byte)length);
            }
        }
    }

    /// <summary>Number of codes of length 1, 2, … 16.</summary>
    internal byte[] Counts { get; }

    /// <summary>The symbols in order of their codes.</summary>
    internal byte[] Symbols { get; }

    /// <summary>Returns the code of a symbol.</summary>
    internal (ushort Bits, byte Length) this[int symbol] => _codes[symbol];

    private static byte[] CountLengths(ReadOnlySpan<int> frequencies)
    {
        // An additional symbol, the rarest of all, occupies the code that must not be used.
        int leaves = frequencies.Length + 1;
        int[] parents = new int[2 * leaves];
        PriorityQueue<int, long> roots = new();
        for (int leaf = 0; leaf < leaves; leaf++)
        {
            roots.Enqueue(leaf, leaf < frequencies.Length ? frequencies[leaf] : 1);
        }

        int nodes = leaves;
        while (roots.Count > 1)
        {
            roots.TryDequeue(out int first, out long firstWeight);
            roots.TryDequeue(out int second, out long secondWeight);
            parents[first] = parents[second] = nodes;
            roots.Enqueue(nodes++, firstWeight + secondWeight);
        }

        // Parents come after their children, so going down from the root, each depth is known before it is needed.
        int[] depths = new int[nodes], counts = new int[nodes];
        for (int node = nodes - 2; node >= 0; node--)
        {
            depths[node] = depths[parents[node]] + 1;
            counts[depths[node]] += node < leaves ? 1 : 0;
        }

        ShortenLongest(counts);
        counts[Array.FindLastIndex(counts, count => count > 0)]--;
        byte[] result = new byte[HuffmanTable.MaxCodeLength];
        for (int length = 1; length <= Math.Min(result.Length, nodes - 1); length++)
        {
            result[length - 1] = (byte)counts[length];
        }

        return result;
    }

    /// <summary>Limits all codes to 16 bits: of two codes that are too long, one becomes one bit shorter, and the other
    /// shares the prefix of a shorter code, which becomes one bit longer.</summary>
    private static void ShortenLongest(int[] counts)
    {
        for (int length = counts.Length - 1; length > HuffmanTable.MaxCodeLength; length--)
        {
            while (counts[length] > 0)
            {
                int donor = length - 2;
                while (counts[donor] == 0)
                {
                    donor--;
                }

                counts[length] -= 2;
                counts[length - 1]++;
                counts[donor + 1] += 2;
                counts[donor]--;
            }
        }
    }
}
