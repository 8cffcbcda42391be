using Atelier.Imaging.Codecs.Jpeg;

namespace Atelier.Imaging.Tests.Codecs.Jpeg;

public sealed class HuffmanCodeTests
{
    private static int[] Fibonacci(int count)
    {
        int[] frequencies = new int[256];
        (int a, int b) = (1, 1);
        for (int i = 0; i < count; i++)
        {
            frequencies[i * 5] = a;
            (a, b) = (b, a + b);
        }

        return frequencies;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(40)]
    public void Code_OfVeryUnequalFrequencies_IsCompleteShortAndNeverAllOnes(int count)
    {
        HuffmanCode code = new(Fibonacci(count));

        int used = 0;
        for (int length = 1; length <= 16; length++)
        {
            used += code.Counts[length - 1] << (16 - length);
        }

        Assert.Equal(count, code.Symbols.Length);
        Assert.Equal(count, code.Counts.Sum(c => c));
        Assert.True(used < 1 << 16, "a code of ones only is in use");
        Assert.True(code[5 * (count - 1)].Length <= code[0].Length);
    }

    [Fact]
    public void Code_WrittenSymbols_AreReadBack()
    {
        HuffmanCode code = new(Fibonacci(40));
        using MemoryStream stream = new();
        BitWriter writer = new(stream);
        int[] symbols = [.. Enumerable.Range(0, 400).Select(i => i * 7 % 40 * 5)];
        foreach (int symbol in symbols)
        {
            writer.Write(code[symbol].Bits, code[symbol].Length);
        }

        writer.Finish();

        HuffmanTable table = new(code.Counts, code.Symbols);
        BitReader reader = new(stream.ToArray(), 0);
        foreach (int symbol in symbols)
        {
            reader.Fill();
            Assert.Equal(symbol, reader.ReadSymbol(table));
        }

        Assert.False(reader.IsExhausted);
    }
}
