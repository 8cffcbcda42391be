using Atelier.Weights.Hdf5;
using Atelier.Weights.Mat;

namespace Atelier.Weights;

/// <summary>The kinds of weight files.</summary>
internal enum WeightFormat
{
    Safetensors,
    TorchZip,
    TorchLegacy,
    NumpyArray,
    NumpyZip,
    NumpyPickle,
    Onnx,
    Hdf5,
    Matlab,
}

/// <summary>Opens a weight file of any format, which is detected from its first bytes, not from its name.</summary>
internal static class WeightArchive
{
    private const int HeadBytes = 128;
    private const string KerasWeights = "model.weights.h5";

    /// <summary>Opens a file.</summary>
    /// <exception cref="WeightFormatException">The file is damaged or has an unsupported format; the message names it.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static (IWeightArchive Archive, WeightFormat Format) Open(string path)
    {
        FileStream stream = File.OpenRead(path);
        try
        {
            return Open(stream);
        }
        catch (WeightFormatException error)
        {
            throw new WeightFormatException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Opens a seekable stream, of which the archive takes ownership.</summary>
    /// <exception cref="WeightFormatException">The contents are damaged or have an unsupported format; the stream is
    /// closed. </exception>
    internal static (IWeightArchive Archive, WeightFormat Format) Open(Stream stream)
    {
        try
        {
            return Recognize(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static (IWeightArchive Archive, WeightFormat Format) Recognize(Stream stream)
    {
        StreamBytes file = new(stream);
        byte[] head = new byte[(int)Math.Min(HeadBytes, file.Length)];
        file.Read(0, head);
        ReadOnlySpan<byte> start = head;
        return (FormatOf(start) ?? (Superblock.IsIn(file) ? WeightFormat.Hdf5 : null)) switch
        {
            WeightFormat.Safetensors => (new SafetensorsFile(stream), WeightFormat.Safetensors),
            WeightFormat.TorchZip or WeightFormat.NumpyZip => OpenZip(stream, new ZipDirectory(file)),
            WeightFormat.TorchLegacy or WeightFormat.NumpyPickle => OpenPickle(stream, file),
            WeightFormat.NumpyArray => (
                new StoredArchive(stream, NumpyArchive.Read(file, "")), WeightFormat.NumpyArray),
            WeightFormat.Onnx => (new StoredArchive(stream, OnnxArchive.Read(file)), WeightFormat.Onnx),
            WeightFormat.Hdf5 => (Hdf5Archive.Open(stream), WeightFormat.Hdf5),
            WeightFormat.Matlab => (MatArchive.Open(stream), WeightFormat.Matlab),
            _ => throw new WeightFormatException(ForeignWeights.Describe(start) ??
                "not a weight file: its format is none of safetensors, PyTorch, NumPy, ONNX, HDF5 and MATLAB."),
        };
    }

    /// <summary>Returns the kind of a file according to its first bytes; kinds that begin alike are distinguished when
    /// opened.</summary>
    private static WeightFormat? FormatOf(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'P', (byte)'K', ..] => WeightFormat.TorchZip,
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => WeightFormat.Hdf5,
        _ when start.StartsWith("MATLAB 5.0 MAT-file"u8) || start.StartsWith("MATLAB 7.3 MAT-file"u8) =>
            WeightFormat.Matlab,
        _ when start.StartsWith(NumpyArchive.Signature) => WeightFormat.NumpyArray,
        _ when SafetensorsFile.Fits(start) => WeightFormat.Safetensors,
        [0x80, >= 2 and <= 5, ..] => WeightFormat.TorchLegacy,

        // The version of the format, which every producer writes first.
        [0x08, > 0 and < 0x80, ..] => WeightFormat.Onnx,
        { Length: < SafetensorsFile.MinBytes } => WeightFormat.Safetensors,

        // Or bytes of another program before an HDF5 file, its user block.
        _ => null,
    };

    private static (IWeightArchive Archive, WeightFormat Format) OpenZip(Stream stream, ZipDirectory zip)
    {
        if (TorchArchive.Fits(zip))
        {
            return (new StoredArchive(stream, TorchArchive.Read(zip)), WeightFormat.TorchZip);
        }

        return NumpyArchive.Fits(zip)
            ? (new StoredArchive(stream, NumpyArchive.Read(zip)), WeightFormat.NumpyZip)
            : throw new WeightFormatException(zip.Contains(KerasWeights)
                ? $"a Keras 3 archive, whose weights are in a file of their own: unzip it and use its '{KerasWeights}'."
                : "a zip file from neither PyTorch nor NumPy.");
    }

    private static (IWeightArchive Archive, WeightFormat Format) OpenPickle(Stream stream, StreamBytes file)
    {
        ByteCursor cursor = new(file);
        object? first = PickleReader.Read(file, cursor, new NumpyGlobals());
        return TorchLegacyArchive.IsMagic(first)
            ? (new StoredArchive(stream, TorchLegacyArchive.Read(file, cursor)), WeightFormat.TorchLegacy)
            : (new StoredArchive(stream, PickleTree.Tensors(first)), WeightFormat.NumpyPickle);
    }
}
