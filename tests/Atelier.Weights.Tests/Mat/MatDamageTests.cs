using System.IO.Compression;
using Atelier.Weights.Mat;

namespace Atelier.Weights.Tests.Mat;

/// <summary>Damaged and hostile MATLAB files.</summary>
public sealed class MatDamageTests
{
    private const int HeaderBytes = 128;

    public static TheoryData<string> Files =>
    [
        "new-layout-plain.mat", "new-layout-compressed.mat", "old-layout-plain.mat", "old-layout-compressed.mat",
        "kinds-plain.mat", "kinds-compressed.mat",
    ];

    // A file may end behind any of its variables; a prefix that does holds fewer of them.
    [Theory]
    [MemberData(nameof(Files))]
    public void Open_EveryPrefix_ThrowsOrHoldsFewerVariables(string file)
    {
        byte[] whole = ArchiveFixture.Bytes("mat", file);
        int variables = Variables(whole).Count, opened = 0;
        for (int length = 0; length < whole.Length; length++)
            opened += ArchiveDamage.Survives(whole[..length], stream => MatArchive.Open(stream)) ? 1 : 0;
        Assert.Equal(variables, opened);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_DamagedFile_GivesValuesOrAFormatError(string file)
    {
        byte[] whole = ArchiveFixture.Bytes("mat", file);
        int refused = ArchiveDamage.Refused(whole, ArchiveDamage.Cases, stream => MatArchive.Open(stream));
        Assert.InRange(refused, 1, ArchiveDamage.Cases);
    }

    // Behind the checksums of the compression, where a file that was made to do harm leads.
    [Theory]
    [InlineData("new-layout-plain.mat")]
    [InlineData("kinds-plain.mat")]
    public void Read_DamageThatWasCompressed_GivesValuesOrAFormatError(string file)
    {
        byte[] whole = ArchiveFixture.Bytes("mat", file);
        int refused = ArchiveDamage.Refused(whole, ArchiveDamage.Cases / 4, stream =>
            MatArchive.Open(new MemoryStream(Compress(((MemoryStream)stream).ToArray(), Variables(whole)))));
        Assert.InRange(refused, 1, ArchiveDamage.Cases);
    }

    [Fact]
    public void Open_CellsInCells_AreReadToSixteenLevels()
    {
        using MatArchive archive = MatArchive.Open(new MemoryStream(CellsInCells(16)));
        Assert.Equal("x" + string.Concat(Enumerable.Repeat(".0", 16)), Assert.Single(archive.Tensors).Name);

        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => MatArchive.Open(new MemoryStream(CellsInCells(17))));
        Assert.Contains("16 levels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CompressedWithADictionary_Throws()
    {
        byte[] file = ArchiveFixture.Bytes("mat", "kinds-compressed.mat");

        // The second byte of zlib's header: the flag, and the sum that makes it valid again.
        file[HeaderBytes + 9] = (byte)(0x20 + 31 - (((file[HeaderBytes + 8] << 8) + 0x20) % 31));
        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => MatArchive.Open(new MemoryStream(file)));
        Assert.Contains("deflate", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A number in a cell in a cell, and so on.</summary>
    private static byte[] CellsInCells(int depth)
    {
        byte[] array = [2, 0, 1, 0, 5, 0, 0, 0];
        for (int level = depth; level >= 0; level--)
        {
            byte kind = (byte)(level == depth ? 9 : 1);
            byte[] name = level == 0 ? [1, 0, 1, 0, (byte)'x', 0, 0, 0] : [1, 0, 0, 0, 0, 0, 0, 0];
            byte[] contents =
            [
                6, 0, 0, 0, 8, 0, 0, 0, kind, 0, 0, 0, 0, 0, 0, 0,
                5, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, .. name, .. array,
            ];
            array = [14, 0, 0, 0, .. BitConverter.GetBytes(contents.Length), .. contents];
        }

        byte[] header = new byte[HeaderBytes];
        (header[125], header[126], header[127]) = (1, (byte)'I', (byte)'M');
        return [.. header, .. array];
    }

    /// <summary>Where the variables of a file begin and end.</summary>
    private static List<(int Start, int End)> Variables(byte[] file)
    {
        List<(int, int)> variables = [];
        for (int start = HeaderBytes; start < file.Length;)
        {
            int end = start + 8 + BitConverter.ToInt32(file, start + 4);
            variables.Add((start, end));
            start = end;
        }

        return variables;
    }

    private static byte[] Compress(byte[] plain, List<(int Start, int End)> variables)
    {
        using MemoryStream file = new();
        file.Write(plain, 0, HeaderBytes);
        foreach ((int start, int end) in variables)
        {
            using MemoryStream compressed = new();
            using (ZLibStream deflater = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
                deflater.Write(plain, start, end - start);
            file.Write(BitConverter.GetBytes(15));
            file.Write(BitConverter.GetBytes((int)compressed.Length));
            file.Write(compressed.ToArray());
        }

        return file.ToArray();
    }
}
