using System.Numerics;

namespace Atelier.Weights;

/// <summary>PyTorch's files before version 1.6: consecutive pickles (a magic number, a version, information about the
/// machine, the tensors, the keys of the storages), followed by the storages themselves.</summary>
internal static class TorchLegacyArchive
{
    private const long Version = 1001;

    // Fewer than StoredArchive takes in the end: each of them costs a look into the file.
    private const int MaxStorages = 100_000;

    private static readonly BigInteger Magic =
        BigInteger.Parse("1950a86a20f9469cfc6c", System.Globalization.NumberStyles.AllowHexSpecifier);

    /// <summary>Whether the first value of a pickle is the magic number.</summary>
    internal static bool IsMagic(object? value) => value is BigInteger number && number == Magic;

    /// <summary>Finds the tensors.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="cursor">A cursor positioned after the magic number.</param>
    /// <exception cref="WeightFormatException">The file is damaged, or contains no tensors.</exception>
    internal static IEnumerable<(string Name, StoredTensor Tensor)> Read(StreamBytes file, ByteCursor cursor)
    {
        TorchGlobals words = new(_ => null);
        if (PickleReader.Read(file, cursor, words) is not Version)
        {
            throw new WeightFormatException("torch: unknown version of the old format.");
        }

        RequireLittleEndian(PickleReader.Read(file, cursor, words));
        object? root = PickleReader.Read(file, cursor, words);
        if (PickleReader.Read(file, cursor, words) is not List<object?> { Count: <= MaxStorages } keys)
        {
            throw new WeightFormatException("torch: the list of storages is damaged.");
        }

        foreach (object? key in keys)
        {
            if (key is not PickleText text || !words.Storages.TryGetValue(text.Value, out TorchStorage? storage))
            {
                throw new WeightFormatException("torch: lists a storage that no tensor looks into.");
            }

            long count = cursor.ReadInt64();
            if (count < 0 || count > cursor.Left / storage.Type.BytesPerValue)
            {
                throw ByteSource.CutOff();
            }

            long length = count * storage.Type.BytesPerValue;
            storage.Bytes = file.Slice(cursor.Skip(length), length);
        }

        return PickleTree.Tensors(root);
    }

    private static void RequireLittleEndian(object? facts)
    {
        if (facts is PickleDictionary dictionary && dictionary.Items.Any(item =>
            item is (PickleText { Value: "little_endian" }, false)))
        {
            throw new WeightFormatException("torch: saved on a big-endian machine, which is not supported.");
        }
    }
}
