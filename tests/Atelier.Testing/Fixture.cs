using System.Collections.Immutable;
using System.Globalization;
using Atelier.Imaging;
using Atelier.Weights;

namespace Atelier.Testing;

/// <summary>Files that are kept beside the tests.</summary>
internal static class Fixture
{
    internal static string PathOf(params string[] parts)
        => Path.Combine([AppContext.BaseDirectory, "Fixtures", .. parts]);

    /// <summary>A numeric reference case, made with PyTorch in float64 by the scripts in reference.</summary>
    internal static WeightStore Reference(string name)
        => SafetensorsReader.Read(PathOf("reference", name + ".safetensors"));

    /// <summary>Tensors as an open file.</summary>
    internal static SafetensorsFile FileOf(WeightStore store)
    {
        MemoryStream stream = new();
        SafetensorsWriter.Write(stream, store);
        stream.Position = 0;
        return new SafetensorsFile(stream);
    }

    internal static double Number(this WeightStore store, string key)
        => double.Parse(store.Metadata[key], CultureInfo.InvariantCulture);

    /// <summary>A tensor [3, H, W] as a picture, or one of [1, H, W] as a gray one.</summary>
    internal static Picture Picture(this WeightStore store, string key)
    {
        WeightTensor tensor = store.Tensors[key];
        ImmutableArray<int> shape = tensor.Shape;
        int area = shape[1] * shape[2];
        float[] Plane(int index) => [.. tensor.Values.AsSpan(Math.Min(index, shape[0] - 1) * area, area)];
        return new Picture(
            shape[2], shape[1],
            Plane(0), Plane(1), Plane(2));
    }
}
