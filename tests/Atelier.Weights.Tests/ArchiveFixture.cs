using Atelier.Testing;

namespace Atelier.Weights.Tests;

/// <summary>Weight files of other programs, and the values that these wrote beside them.</summary>
internal static class ArchiveFixture
{
    internal static byte[] Bytes(string folder, string file)
        => File.ReadAllBytes(Fixture.PathOf("weights", folder, file));

    /// <summary>An archive holds exactly the tensors of a safetensors file, and every value of them.</summary>
    internal static void AssertHolds(IWeightArchive archive, string folder, string expected)
    {
        WeightStore store = SafetensorsReader.Read(Fixture.PathOf("weights", folder, expected + ".safetensors"));
        Assert.Equal(
            store.Tensors.Keys, archive.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));

        // Not in the order of the file, so that nothing depends on it.
        foreach (ArchivedTensor tensor in archive.Tensors.Reverse())
        {
            Assert.Equal(store.Tensors[tensor.Name].Shape, tensor.Shape);
            Assert.Equal(store.Tensors[tensor.Name].Values, archive.Read(tensor));
        }
    }
}
