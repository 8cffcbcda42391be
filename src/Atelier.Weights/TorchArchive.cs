namespace Atelier.Weights;

/// <summary>PyTorch's files since version 1.6: a zip of a pickle, which lists the tensors, and a member for each
/// storage.</summary>
internal static class TorchArchive
{
    private const string PickleName = "data.pkl";

    /// <summary>Whether a zip is one of PyTorch's.</summary>
    internal static bool Fits(ZipDirectory zip) => FolderOf(zip) is not null;

    /// <summary>Finds the tensors.</summary>
    /// <exception cref="WeightFormatException">The file is damaged, or contains no tensors.</exception>
    internal static IEnumerable<(string Name, StoredTensor Tensor)> Read(ZipDirectory zip)
    {
        string folder = FolderOf(zip)!;
        if (zip.Contains(folder + "byteorder"))
        {
            ByteSource order = zip.Open(folder + "byteorder");
            byte[] text = new byte[(int)Math.Min(order.Length, 6)];
            order.Read(0, text);
            if (!text.AsSpan().SequenceEqual("little"u8))
            {
                throw new WeightFormatException("torch: saved on a big-endian machine, which is not supported.");
            }
        }

        ByteSource pickle = zip.Open(folder + PickleName);
        TorchGlobals words = new(key => zip.Open($"{folder}data/{key}"));
        return PickleTree.Tensors(PickleReader.Read(pickle, new ByteCursor(pickle), words));
    }

    private static string? FolderOf(ZipDirectory zip)
        => zip.Names.FirstOrDefault(name =>
            name.EndsWith('/' + PickleName, StringComparison.Ordinal) && name.IndexOf('/') == name.LastIndexOf('/'))
            ?[..^PickleName.Length];
}
