using Atelier.Networks;
using Atelier.Testing;

namespace Atelier.Weights.Tests;

/// <summary>What each kind of file offers, as its real producer wrote it.</summary>
public sealed class WeightArchiveTests
{
    [Theory]
    [InlineData("torchvision_vgg19.pth", nameof(WeightFormat.TorchZip), 38, "features.0.weight", "5,3,3,3")]
    [InlineData("torchvision_vgg16_legacy.pth", nameof(WeightFormat.TorchLegacy), 32, "features.0.weight", "5,3,3,3")]
    [InlineData("checkpoint.pth", nameof(WeightFormat.TorchZip), 64, "state_dict.module.features.0.weight", "5,3,3,3")]
    [InlineData("caffe_names_legacy.pt", nameof(WeightFormat.TorchLegacy), 26, "conv1_1.weight", "5,3,3,3")]
    [InlineData("shared_list.pt", nameof(WeightFormat.TorchZip), 32, "0", "5,3,3,3")]
    [InlineData("batch_norm.pth", nameof(WeightFormat.TorchZip), 6, "0.weight", "5,3,3,3")]
    [InlineData("tensorflow_names.npz", nameof(WeightFormat.NumpyZip), 28, "fc6_W", "441,11")]
    [InlineData("compressed.npz", nameof(WeightFormat.NumpyZip), 26, "conv1_1_W", "3,3,3,5")]
    [InlineData("dictionary.npy", nameof(WeightFormat.NumpyArray), 28, "conv1_1.0", "3,3,3,5")]
    [InlineData("dictionary_caffe.npy", nameof(WeightFormat.NumpyArray), 26, "conv1_1.weights", "5,3,3,3")]
    [InlineData("lasagne.pkl", nameof(WeightFormat.NumpyPickle), 33, "param values.0", "5,3,3,3")]
    [InlineData("array.npy", nameof(WeightFormat.NumpyArray), 1, "", "2,3,4")]
    [InlineData("vgg19.onnx", nameof(WeightFormat.Onnx), 34, "features.0.weight", "5,3,3,3")]
    [InlineData("weights_vgg16.safetensors", nameof(WeightFormat.Safetensors), 26, "conv1_1.weight", "5,3,3,3")]
    public void Open_RealProducersFile_IsRecognizedAndListsItsTensors(
        string file, string format, int count, string first, string shape)
    {
        (IWeightArchive archive, WeightFormat found) = WeightArchive.Open(PathOf(file));
        using (archive)
        {
            Assert.Equal(format, found.ToString());
            Assert.Equal(count, archive.Tensors.Length);
            Assert.Equal(first, archive.Tensors[0].Name);
            Assert.Equal(shape, string.Join(',', archive.Tensors[0].Shape));
            Assert.Equal(archive.Tensors[0].Count, archive.Read(archive.Tensors[0]).Length);
        }
    }

    [Fact]
    public void Read_SingleArray_GivesItsValues()
    {
        using IWeightArchive archive = WeightArchive.Open(PathOf("array.npy")).Archive;
        Assert.Equal(Enumerable.Range(0, 24).Select(i => i / 7f), archive.Read(archive.Tensors[0]));
    }

    [Fact]
    public void Open_ModuleInsteadOfWeights_NamesItsClassAndWhatToSave()
    {
        WeightFormatException error =
            Assert.Throws<WeightFormatException>(() => WeightArchive.Open(PathOf("module.pth")));
        Assert.Contains("torch.nn.modules.container.Sequential", error.Message, StringComparison.Ordinal);
        Assert.Contains("state_dict()", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(PathOf("module.pth"), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hdf5/old-keras-earliest.h5", "HDF5", "bgr255-caffe", "5,7")]
    [InlineData("hdf5/new-keras-latest.h5", "HDF5", "bgr255-caffe", "5,7")]
    [InlineData("mat/new-layout-compressed.mat", "MATLAB", "rgb255-caffe", "5,7")]
    [InlineData("mat/old-layout-plain.mat", "MATLAB", "rgb255-caffe", "5")]
    public void Describe_FilesOfKerasAndMatConvNet_RecognizesTheNetworkAndItsInput(
        string file, string format, string input, string widths)
    {
        WeightFileContents contents = NetworkImport.Describe(PathOf(file));
        Assert.Equal(format, contents.Format);
        Assert.Equal(input, contents.Network!.Input.Name);
        Assert.Equal(widths, string.Join(',', contents.Network.Widths));
    }

    [Theory]
    [InlineData("beside_protocol2.pth", "state_dict.")]
    [InlineData("beside_protocol4.pth", "state_dict.")]
    [InlineData("beside_legacy.pth", "state_dict.")]
    [InlineData("beside_lightning.ckpt", "state_dict.model.")]
    [InlineData("beside_tags.pth", "net.")]
    [InlineData("protocol2.pkl", "weights.")]
    public void Open_CheckpointWithOtherObjects_HasTheWeightsAndOneNetwork(string file, string prefix)
    {
        WeightStore expected = SafetensorsReader.Read(PathOf("beside.safetensors"));
        using IWeightArchive archive = WeightArchive.Open(PathOf(file)).Archive;
        foreach ((string name, WeightTensor tensor) in expected.Tensors)
        {
            ArchivedTensor found = Assert.Single(archive.Tensors, each => each.Name == prefix + name);
            Assert.Equal(tensor.Shape, found.Shape);
            Assert.Equal(tensor.Values, archive.Read(found));
        }

        VggMapping mapping = VggMapping.Create(archive.Tensors);
        Assert.Equal(
            [$"{prefix}conv1_1.weight", $"{prefix}conv1_2.weight"],
            mapping.Convolutions.Select(convolution => convolution.Weights.Name));
        Assert.Equal(
            [$"{prefix}conv1_1.bias", $"{prefix}conv1_2.bias"],
            mapping.Convolutions.Select(convolution => convolution.Bias.Name));
    }

    [Fact]
    public void Open_ModuleOfTheOldFormat_NamesItsClass()
    {
        WeightFormatException error =
            Assert.Throws<WeightFormatException>(() => WeightArchive.Open(PathOf("module_legacy.pth")));
        Assert.Contains("torch.nn.modules.container.Sequential", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quantized.pth", "qint8")]
    [InlineData("quantized.npz", "int8")]
    public void Describe_QuantizedNetwork_NamesItsType(string file, string type)
    {
        WeightFileContents contents = NetworkImport.Describe(PathOf(file));
        Assert.Null(contents.Network);
        Assert.Contains($"as {type} ('conv1_1.weight')", contents.Problem, StringComparison.Ordinal);
        Assert.Equal(["conv1_1.bias", "conv1_2.bias"], contents.Tensors.Select(tensor => tensor.Name));
    }

    [Theory]
    [InlineData("many-earliest.h5"), InlineData("many-latest.h5")]
    public void Open_Hdf5BehindAUserBlock_IsRecognizedWhateverTheBlockHolds(string file)
    {
        byte[] bytes = ArchiveFixture.Bytes("hdf5", file);
        "#!/bin/sh"u8.CopyTo(bytes);
        (IWeightArchive archive, WeightFormat format) = WeightArchive.Open(new MemoryStream(bytes));
        using (archive)
        {
            Assert.Equal(WeightFormat.Hdf5, format);
            ArchiveFixture.AssertHolds(archive, "hdf5", "many");
        }
    }

    [Fact]
    public void Open_MatlabFileOfVersion73_IsNamedAlthoughItIsHdf5()
    {
        byte[] bytes = ArchiveFixture.Bytes("hdf5", "many-earliest.h5");
        "MATLAB 7.3 MAT-file, Platform: GLNXA64"u8.CopyTo(bytes);
        WeightFormatException error =
            Assert.Throws<WeightFormatException>(() => WeightArchive.Open(new MemoryStream(bytes)));
        Assert.Contains("version 7.3", error.Message, StringComparison.Ordinal);
        Assert.Contains("-v7", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00", "Git LFS")]
    [InlineData("\r\n<!doctype html><html>", "web page")]
    [InlineData("<html><head>", "web page")]
    [InlineData("\u001f\u008b\u0008\0\0\0\0\0\0\0", "gzip")]
    [InlineData("GGUF\u0003\0\0\0\0\0", "language model")]
    [InlineData("\u001c\0\0\0TFL3\0\0\0", "TensorFlow Lite")]
    [InlineData("(dp0\nVweights\np1\n", "protocol 0 or 1")]
    [InlineData("(lp0\n(I3\nI5\n", "protocol 0 or 1")]
    [InlineData("]q\u0000(cnumpy.core", "protocol 0 or 1")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\np0\n", "protocol 0 or 1")]
    [InlineData("ccollections\nOrderedDict\np0\n", "protocol 0 or 1")]
    [InlineData("\0\0\0\0\u0002\0\0\0\u0003\0\0\0\0\0\0\0\u0002\0\0\0w\0\0\0\0\0", "MAT file of version 4")]
    [InlineData("\0\0\u0003\u00e8\0\0\0\u0002\0\0\0\u0003\0\0\0\0\0\0\0\u0002w\0\0\0\0\0", "MAT file of version 4")]
    [InlineData("\0\0\0\0\u0002\0\0\0\u0003\0\0\0\0\0\0\0\u0002\0\0\0ww\0\0\0\0", "not a weight file")]
    [InlineData("\u0008\u0007:\u0002\u0012\0", "model without weights")]
    public void Open_FileOfAnotherKind_IsNamedForWhatItIs(string text, string part)
    {
        byte[] bytes = [.. text.Select(letter => (byte)letter)];
        WeightFormatException error =
            Assert.Throws<WeightFormatException>(() => WeightArchive.Open(new MemoryStream(bytes)));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u0089HDF\r\n\u001a\n then something", "HDF5")]
    [InlineData("MATLAB 5.0 MAT-file, Platform: GLNX", "MAT: byte 0")]
    [InlineData("MATLAB 7.3 MAT-file, Platform: GLNX", "MAT: byte 0")]
    [InlineData("PK\u0005\u0006\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "neither")]
    [InlineData("A text that is no weight file.", "not a weight file")]
    [InlineData("", "shorter")]
    public void Open_OtherKinds_SaysWhich(string text, string part)
    {
        byte[] bytes = [.. text.Select(letter => (byte)letter)];
        WeightFormatException error =
            Assert.Throws<WeightFormatException>(() => WeightArchive.Open(new MemoryStream(bytes)));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_RefusedFile_IsClosed()
    {
        MemoryStream stream = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        Assert.Throws<WeightFormatException>(() => WeightArchive.Open(stream));
        Assert.False(stream.CanRead);
    }

    private static string PathOf(string file) => Fixture.PathOf("weights", file);
}
