using Atelier.Weights.Hdf5;

namespace Atelier.Weights.Tests.Hdf5;

/// <summary>Files that h5py wrote (Fixtures/weights/make_hdf5.py), value by value.</summary>
public sealed class Hdf5ArchiveTests
{
    [Theory]
    [InlineData("old-keras-earliest.h5", "old-keras")]
    [InlineData("old-keras-latest.h5", "old-keras")]
    [InlineData("new-keras-earliest.h5", "new-keras")]
    [InlineData("new-keras-latest.h5", "new-keras")]
    [InlineData("kinds-earliest.h5", "kinds")]
    [InlineData("kinds-latest.h5", "kinds")]
    [InlineData("many-earliest.h5", "many")]
    [InlineData("many-latest.h5", "many")]
    public void Read_EveryTensor_HasTheValuesThatWereWritten(string file, string expected)
    {
        using Hdf5Archive archive = Hdf5Archive.Open(new MemoryStream(ArchiveFixture.Bytes("hdf5", file)));
        ArchiveFixture.AssertHolds(archive, "hdf5", expected);
    }

    [Fact]
    public void Open_FileOfOldKeras_NamesTensorsByTheirPaths()
    {
        using Hdf5Archive archive = Hdf5Archive.Open(
            new MemoryStream(ArchiveFixture.Bytes("hdf5", "old-keras-earliest.h5")));

        ArchivedTensor kernel = Assert.Single(
            archive.Tensors, tensor => tensor.Name == "block1_conv2/block1_conv2_W_1:0");
        Assert.Equal([3, 3, 5, 7], kernel.Shape);
        Assert.Equal(6, archive.Tensors.Length);
    }

    [Theory]
    [InlineData("refused-lzf.h5", "filter 32000")]
    [InlineData("refused-holes.h5", "only 2 of the 4 chunks")]
    [InlineData("refused-unwritten.h5", "never written")]
    [InlineData("refused-growing.h5", "grow along one axis")]
    [InlineData("refused-circle.h5", "deeper than 32 groups")]
    [InlineData("refused-type.h5", "named types")]
    public void Read_WhatIsNotRead_SaysWhy(string file, string part)
    {
        WeightFormatException error = Assert.Throws<WeightFormatException>(() =>
        {
            using Hdf5Archive archive = Hdf5Archive.Open(new MemoryStream(ArchiveFixture.Bytes("hdf5", file)));
            foreach (ArchivedTensor tensor in archive.Tensors)
                archive.Read(tensor);
        });
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains("HDF5: byte ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ChunksNeverWritten_NamesTheTensorAndTheCause()
    {
        using Hdf5Archive archive = Hdf5Archive.Open(
            new MemoryStream(ArchiveFixture.Bytes("hdf5", "refused-holes.h5")));
        WeightFormatException error =
            Assert.Throws<WeightFormatException>(() => archive.Read(archive.Tensors[0]));
        Assert.StartsWith("tensor 'a': ", error.Message, StringComparison.Ordinal);
        Assert.Contains("ended too early", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Integers_AreListedButNotRead()
    {
        using Hdf5Archive archive = Hdf5Archive.Open(
            new MemoryStream(ArchiveFixture.Bytes("hdf5", "new-keras-latest.h5")));
        UnreadTensor unread = Assert.Single(archive.Unread);
        Assert.Equal(("optimizer_weights/Adam/iter:0", "int64"), (unread.Name, unread.Type));
        Assert.DoesNotContain(archive.Tensors, tensor => tensor.Name == unread.Name);
    }

    [Fact]
    public void Open_OtherFile_SaysThatItIsNotHdf5()
    {
        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => Hdf5Archive.Open(new MemoryStream(new byte[5000])));
        Assert.Contains("signature of an HDF5 file", error.Message, StringComparison.Ordinal);
    }
}
