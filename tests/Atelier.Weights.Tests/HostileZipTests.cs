using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Atelier.Weights.Tests;

/// <summary>Zip files that lie about their members.</summary>
public sealed class HostileZipTests
{
    [Fact]
    public void Open_MemberThatUnpacksToGigabytes_CostsOnlyWhatIsRead()
    {
        byte[] header = Header("<f4", "(1000000, 900)");
        byte[] start = [.. header, .. new byte[1 << 20]];
        byte[] file = Zip(("w.npy", stream => stream.Write(start)));
        int entry = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(entry + 24), 1 << 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<WeightFormatException>(() => Open(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Open_LengthThatNoCompressionReaches_IsRefused()
    {
        byte[] file = Zip(("w.npy", stream => stream.Write(Header("<f4", "(1000, 900)"))));
        int entry = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(entry + 24), 3_700_000);
        WeightFormatException error = Assert.Throws<WeightFormatException>(() => Open(file));
        Assert.Contains("cannot unpack", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NamesThatLeadOutOfTheFolder_AreOnlyNames()
    {
        byte[] array = [.. Header("<f4", "(1,)"), .. BitConverter.GetBytes(7f)];
        using IWeightArchive archive = Open(Zip(("../../etc/w.npy", stream => stream.Write(array))));
        Assert.Equal("../../etc/w", Assert.Single(archive.Tensors).Name);
        Assert.Equal([7f], archive.Read(archive.Tensors[0]));
    }

    [Fact]
    public void Open_StorageOutsideTheArchive_IsNotFound()
    {
        string pickle = "\u0080\u0002(U\u0007storagectorch\nFloatStorage\nU\u000b../../../xxU\u0003cpuK\u0004tQ.";
        byte[] file = Zip(
            ("a/data.pkl", stream => stream.Write([.. pickle.Select(letter => (byte)letter)])),
            ("a/byteorder", stream => stream.Write("little"u8)));
        WeightFormatException error = Assert.Throws<WeightFormatException>(() => Open(file));
        Assert.Contains("no member 'a/data/../../../xx'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BigEndianStorages_AreRefused()
    {
        byte[] file = Zip(
            ("a/data.pkl", stream => stream.Write([0x80, 2, (byte)'}', (byte)'.'])),
            ("a/byteorder", stream => stream.Write("big"u8)));
        Assert.Contains(
            "big-endian", Assert.Throws<WeightFormatException>(() => Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NameTwice_IsRefused()
    {
        byte[] file = Zip(("w.npy", _ => { }), ("w.npy", _ => { }));
        Assert.Contains(
            "called 'w.npy'", Assert.Throws<WeightFormatException>(() => Open(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<f4", "(2, 3", "header")]
    [InlineData("<f4", "(99999999999999999999999,)", "too large")]
    [InlineData("<f4", "(4294967296, 4294967296)", "too large")]
    [InlineData("<f4", "(1, 1, 1, 1, 1, 1, 1, 1, 1)", "axes")]
    [InlineData("<f4", "(3,)", "truncated")]
    public void Open_ArrayThatLies_IsRefused(string type, string shape, string part)
    {
        byte[] file = [.. Header(type, shape), .. new byte[8]];
        WeightFormatException error =
            Assert.Throws<WeightFormatException>(() => WeightArchive.Open(new MemoryStream(file)));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<i8"), InlineData("|u1"), InlineData("<c8"), InlineData("<U5")]
    public void Open_ArrayOfOtherThings_OffersNoTensor(string type)
    {
        using IWeightArchive archive = WeightArchive.Open(new MemoryStream(Header(type, "(1,)"))).Archive;
        Assert.Empty(archive.Tensors);
    }

    private static byte[] Header(string type, string shape)
    {
        byte[] text = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. text];
    }

    private static byte[] Zip(params (string Name, Action<Stream> Write)[] members)
    {
        using MemoryStream file = new();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, Action<Stream> write) in members)
            {
                using Stream member = zip.CreateEntry(name).Open();
                write(member);
            }
        }

        return file.ToArray();
    }

    private static IWeightArchive Open(byte[] file) => WeightArchive.Open(new MemoryStream(file)).Archive;
}
