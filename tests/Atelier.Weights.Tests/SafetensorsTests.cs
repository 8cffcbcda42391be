using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Atelier.Testing;

namespace Atelier.Weights.Tests;

public sealed class SafetensorsTests
{
    [Fact]
    public void Write_ThenRead_GivesTheSameStore()
    {
        WeightStore store = Store();
        using MemoryStream stream = new();

        SafetensorsWriter.Write(stream, store);
        stream.Position = 0;
        WeightStore read = SafetensorsReader.Read(stream);

        Assert.Equal(store.Metadata, read.Metadata);
        Assert.Equal(store.Tensors.Keys, read.Tensors.Keys);
        foreach ((string name, WeightTensor tensor) in store.Tensors)
        {
            Assert.Equal(tensor.Shape, read.Tensors[name].Shape);
            Assert.Equal(
                tensor.Values.Select(BitConverter.SingleToInt32Bits),
                read.Tensors[name].Values.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void Write_File_IsReadBackAndItsNumbersAreAligned()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("weights.safetensors");

        SafetensorsWriter.Write(path, Store());

        Assert.Equal(Store().Tensors["a"].Values, SafetensorsReader.Read(path).Tensors["a"].Values);
        Assert.Equal(0UL, BinaryPrimitives.ReadUInt64LittleEndian(File.ReadAllBytes(path)) % 8);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Read_HalfPrecision_ValuesAreExact()
    {
        float[] expected =
            [0f, -0f, 1f, -1.5f, 65504f, 6.103515625e-5f, 5.9604645e-8f, float.PositiveInfinity, float.NaN];
        byte[] data = new byte[2 * expected.Length];
        for (int i = 0; i < expected.Length; i++)
            BinaryPrimitives.WriteHalfLittleEndian(data.AsSpan(2 * i), (Half)expected[i]);

        Assert.Equal(expected, Read("F16", "[9]", data).Values);
    }

    [Fact]
    public void Read_BFloat16_ValuesAreExact()
    {
        ushort[] stored = [0x0000, 0x8000, 0x3F80, 0xBFC0, 0x7F7F, 0x0001, 0x7F80];
        byte[] data = new byte[2 * stored.Length];
        for (int i = 0; i < stored.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(2 * i), stored[i]);

        Assert.Equal(
            [0f, -0f, 1f, -1.5f, 3.3895314e38f, 9.18355e-41f, float.PositiveInfinity],
            Read("BF16", "[7, 1]", data).Values);
    }

    [Fact]
    public void Read_TensorsOutOfOrderWithGapsAndUnknownKeys_AreFound()
    {
        byte[] file = FileOf("""
            {"b": {"dtype": "F32", "shape": [1], "data_offsets": [8, 12], "note": {"deep": [1, 2]}},
             "a": {"data_offsets": [0, 4], "shape": [], "dtype": "F32"},
             "none": {"dtype": "F32", "shape": [3, 0], "data_offsets": [4, 4]}}
            """, [0, 0, 128, 63, 9, 9, 9, 9, 0, 0, 0, 64]);

        WeightStore store = SafetensorsReader.Read(new MemoryStream(file));

        Assert.Equal([1f], store.Tensors["a"].Values);
        Assert.Equal([2f], store.Tensors["b"].Values);
        Assert.Equal([3, 0], store.Tensors["none"].Shape);
        Assert.Empty(store.Metadata);
    }

    [Fact]
    public void Read_Metadata_IsSortedByOrdinal()
    {
        byte[] file = FileOf("""{"__metadata__": {"b": "2", "B": "1", "a": "3"}}""", []);
        WeightStore store = SafetensorsReader.Read(new MemoryStream(file));
        Assert.Equal(["B", "a", "b"], store.Metadata.Keys);
        Assert.Equal(StringComparer.Ordinal, store.Metadata.KeyComparer);
    }

    /// <summary>Two small tensors, with a value of each kind.</summary>
    internal static WeightStore Store() => new()
    {
        Tensors = new Dictionary<string, WeightTensor>
        {
            ["a"] = new([2, 3], [1f, -2.5f, float.Epsilon, float.MaxValue, -0f, float.NegativeInfinity]),
            ["quotes \" and ü"] = new([1], [float.NaN]),
            ["nothing"] = new([0], []),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Metadata = new Dictionary<string, string> { ["mean"] = "[0.5]", ["ä"] = "\n" }.ToImmutableSortedDictionary(),
    };

    /// <summary>A file of a header and data.</summary>
    internal static byte[] FileOf(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header), prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);
        return [.. prefix, .. json, .. data];
    }

    private static WeightTensor Read(string type, string shape, byte[] data)
    {
        string entry = $$"""{"t": {"dtype": "{{type}}", "shape": {{shape}}, "data_offsets": [0, {{data.Length}}] } }""";
        return SafetensorsReader.Read(new MemoryStream(FileOf(entry, data))).Tensors["t"];
    }
}
