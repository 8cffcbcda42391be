using System.Text;
using Atelier.Weights.Mat;

namespace Atelier.Weights.Tests.Mat;

/// <summary>Files that SciPy wrote (Fixtures/weights/make_mat.py), value by value.</summary>
public sealed class MatArchiveTests
{
    [Theory]
    [InlineData("new-layout-plain.mat", "new-layout")]
    [InlineData("new-layout-compressed.mat", "new-layout")]
    [InlineData("old-layout-plain.mat", "old-layout")]
    [InlineData("old-layout-compressed.mat", "old-layout")]
    [InlineData("kinds-plain.mat", "kinds")]
    [InlineData("kinds-compressed.mat", "kinds")]
    public void Read_EveryTensor_HasTheValuesThatWereWritten(string file, string expected)
    {
        using MatArchive archive = MatArchive.Open(new MemoryStream(ArchiveFixture.Bytes("mat", file)));
        ArchiveFixture.AssertHolds(archive, "mat", expected);
    }

    [Fact]
    public void Open_Network_NamesLayersByIndexAndName()
    {
        using MatArchive archive = MatArchive.Open(
            new MemoryStream(ArchiveFixture.Bytes("mat", "new-layout-compressed.mat")));

        ArchivedTensor filters = Assert.Single(
            archive.Tensors, tensor => tensor.Name == "layers.2(conv1_2).weights.0");
        Assert.Equal([3, 3, 5, 7], filters.Shape);
    }

    [Fact]
    public void Open_Version73_SaysThatItIsHdf5()
    {
        byte[] file = new byte[1024];
        Encoding.ASCII.GetBytes("MATLAB 7.3 MAT-file, Platform: GLNXA64").CopyTo(file, 0);
        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => MatArchive.Open(new MemoryStream(file)));
        Assert.Contains("HDF5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BigEndianFile_SaysSo()
    {
        byte[] file = ArchiveFixture.Bytes("mat", "kinds-plain.mat");
        (file[124], file[125], file[126], file[127]) = (1, 0, (byte)'M', (byte)'I');
        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => MatArchive.Open(new MemoryStream(file)));
        Assert.Contains("big-endian machine", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OtherFile_SaysWhatWasExpected()
    {
        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => MatArchive.Open(new MemoryStream(new byte[1024])));
        Assert.Contains("byte 124", error.Message, StringComparison.Ordinal);
        Assert.Contains("version 5 was expected", error.Message, StringComparison.Ordinal);
    }
}
