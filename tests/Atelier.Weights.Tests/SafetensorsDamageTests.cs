using System.Buffers.Binary;
using System.Diagnostics;
using Atelier.Testing;

namespace Atelier.Weights.Tests;

/// <summary>Damaged and hostile files: whatever the bytes,
/// nothing but <see cref="WeightFormatException"/> escapes.</summary>
public sealed class SafetensorsDamageTests
{
    private static readonly byte[] Whole = Bytes(SafetensorsTests.Store());

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("""{"t": 5}""", "JSON")]
    [InlineData("""{"t": {}}""", "has no dtype, shape")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [1]}}""", "has no dtype, shape")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [1], "data_offsets": [0]}}""", "has no dtype, shape")]
    [InlineData("""{"t": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]}}""", "I64")]
    [InlineData("""{"t": {"dtype": 7, "shape": [1], "data_offsets": [0, 4]}}""", "JSON")]
    [InlineData("""{"t": {"dtype": "F32", "shape": "x", "data_offsets": [0, 4]}}""", "JSON")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [1.5], "data_offsets": [0, 4]}}""", "JSON")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [1, "x"], "data_offsets": [0, 4]}}""", "JSON")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [99999999999999999999], "data_offsets": [0, 4]}}""", "JSON")]
    [InlineData(
        """{"t": {"dtype": "F32", "shape": [1, 1, 1, 1, 1, 1, 1, 1, 1], "data_offsets": [0, 4]}}""", "dimensions")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}""", "8 were expected")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}""", "too large")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [65536, 65536], "data_offsets": [0, 4]}}""", "too large")]
    [InlineData("""{"t": {"dtype": "F16", "shape": [2147483647], "data_offsets": [0, 4]}}""", "too large")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [3037000500, 3037000500], "data_offsets": [0, 4]}}""", "too large")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [1], "data_offsets": [-4, 0]}}""", "truncated")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [1], "data_offsets": [8, 4]}}""", "truncated")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [4], "data_offsets": [4, 20]}}""", "truncated")]
    [InlineData(
        """{"t": {"dtype": "F32", "shape": [1], "data_offsets": [9223372036854775803, 9223372036854775807]}}""",
        "truncated")]
    [InlineData("""{"__metadata__": {"a": 1}}""", "JSON")]
    [InlineData("""{"__metadata__": {"\ud800": "x"}}""", "JSON")]
    [InlineData("""{"t": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4], "x": [[[[[[[[[1]]]]]]]]]}}""", "JSON")]
    public void Read_HeaderThatLies_SaysWhatIsWrong(string header, string part)
    {
        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => Read(SafetensorsTests.FileOf(header, new byte[16])));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[0, 8]", "[4, 12]", "overlap")]
    [InlineData("[0, 8]", "[0, 8]", "overlap")]
    public void Read_TensorsThatOverlap_Throws(string first, string second, string part)
    {
        string header = $$"""
            {"a": {"dtype": "F32", "shape": [2], "data_offsets": {{first}} },
             "b": {"dtype": "F32", "shape": [2], "data_offsets": {{second}} } }
            """;
        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => Read(SafetensorsTests.FileOf(header, new byte[16])));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NameTwice_Throws()
    {
        const string entry = """{"dtype": "F32", "shape": [], "data_offsets": [0, 4]}""";
        string header = $$"""{"a": {{entry}}, "a": {{entry.Replace("[0, 4]", "[4, 8]", StringComparison.Ordinal)}} }""";
        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => Read(SafetensorsTests.FileOf(header, new byte[8])));
        Assert.Contains("'a' twice", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue), InlineData(1UL << 63), InlineData((1UL << 63) - 1)]
    [InlineData(100_000_001UL), InlineData(9UL)]
    public void Read_HeaderLongerThanTheFile_ThrowsWithoutAllocating(ulong length)
    {
        byte[] file = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<WeightFormatException>(() => Read(file));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Read_TensorLargerThanAnArray_Throws()
    {
        using MemoryStream stream = new LongStream(SafetensorsTests.FileOf(
            """{"t": {"dtype": "F32", "shape": [600000000], "data_offsets": [0, 2400000000]}}""", []));
        WeightFormatException error = Assert.Throws<WeightFormatException>(() => SafetensorsReader.Read(stream));
        Assert.Contains("too large", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedFile_NamesIt()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("short.safetensors");
        File.WriteAllBytes(path, Whole[..50]);
        WeightFormatException error = Assert.Throws<WeightFormatException>(() => SafetensorsReader.Read(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EveryPrefix_Throws()
    {
        for (int length = 0; length < Whole.Length; length++)
            Assert.Throws<WeightFormatException>(() => Read(Whole[..length]));
        Assert.Equal(3, Read(Whole).Tensors.Count);
    }

    [Fact]
    public void Read_FlippedBytes_GivesAStoreOrAFormatError()
    {
        Random random = new(20);
        Stopwatch watch = Stopwatch.StartNew();
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] damaged = [.. Whole];
            for (int flips = random.Next(1, 5); flips > 0; flips--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                WeightStore store = Read(damaged);
                Assert.All(store.Tensors.Values, tensor =>
                    Assert.Equal(tensor.Shape.Aggregate(1, (a, b) => a * b), tensor.Values.Length));
            }
            catch (WeightFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1_000, 19_999);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }

    private static WeightStore Read(byte[] file) => SafetensorsReader.Read(new MemoryStream(file));

    private static byte[] Bytes(WeightStore store)
    {
        using MemoryStream stream = new();
        SafetensorsWriter.Write(stream, store);
        return stream.ToArray();
    }

    /// <summary>Claims to be as long as a file of a very large tensor.</summary>
    private sealed class LongStream(byte[] start) : MemoryStream(start)
    {
        public override long Length => 3_000_000_000;
    }
}
