using System.Buffers.Binary;
using Atelier.Weights.Hdf5;

namespace Atelier.Weights.Tests.Hdf5;

/// <summary>Damaged and hostile HDF5 files.</summary>
public sealed class Hdf5DamageTests
{
    public static TheoryData<string> Files =>
    [
        "old-keras-earliest.h5", "old-keras-latest.h5", "new-keras-earliest.h5", "new-keras-latest.h5",
        "kinds-earliest.h5", "kinds-latest.h5", "many-earliest.h5", "many-latest.h5", "refused-circle.h5",
        "refused-holes.h5",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Open_EveryPrefix_Throws(string file)
    {
        byte[] whole = ArchiveFixture.Bytes("hdf5", file);
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<WeightFormatException>(() => Hdf5Archive.Open(new MemoryStream(whole, 0, length)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_DamagedFile_GivesValuesOrAFormatError(string file)
    {
        byte[] whole = ArchiveFixture.Bytes("hdf5", file);
        int refused = ArchiveDamage.Refused(whole, ArchiveDamage.Cases, stream => Hdf5Archive.Open(stream));
        Assert.InRange(refused, 1, ArchiveDamage.Cases);
    }

    // Behind the checksums, where a file that was made to do harm leads.
    [Theory]
    [MemberData(nameof(Files))]
    public void Read_DamagedFileWithRightChecksums_GivesValuesOrAFormatError(string file)
    {
        byte[] whole = ArchiveFixture.Bytes("hdf5", file);
        int refused = ArchiveDamage.Refused(
            whole, ArchiveDamage.Cases, stream => Hdf5Archive.Open(stream, verifiesChecksums: false));
        Assert.InRange(refused, 1, ArchiveDamage.Cases);
    }

    [Fact]
    public void Open_HeaderThatContinuesInItself_Throws()
    {
        byte[] file = ArchiveFixture.Bytes("hdf5", "old-keras-earliest.h5");

        // A message of type 16 with 16 bytes: the address and the length of the block that comes next.
        int message = file.AsSpan().IndexOf<byte>([16, 0, 16, 0, 0, 0, 0, 0]);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(message + 8), message);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(message + 16), 24);

        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => Hdf5Archive.Open(new MemoryStream(file)));
        Assert.Contains("circle", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NewStructureWithAChangedByte_DiffersFromItsChecksum()
    {
        byte[] damaged = ArchiveFixture.Bytes("hdf5", "old-keras-latest.h5");
        damaged[36] ^= 1;
        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => Hdf5Archive.Open(new MemoryStream(damaged)));
        Assert.Contains("checksum", error.Message, StringComparison.Ordinal);
    }
}
