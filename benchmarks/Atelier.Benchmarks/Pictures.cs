using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Weights;

namespace Atelier.Benchmarks;

/// <summary>What a style transfer is evaluated on: a picture, its content and its style, all of one size. Noise of
/// different colors, which takes as long as photographs.</summary>
internal sealed record Pictures(PlanarPicture Current, PlanarPicture Content, PlanarPicture Style)
{
    internal static Pictures Noise(int height, int width)
        => new(Noise(height, width, seed: 1), Noise(height, width, seed: 2), Noise(height, width, seed: 3));

    internal static PlanarPicture Noise(int height, int width, int seed)
    {
        Random random = new(seed);
        float[] values = new float[3 * height * width];
        for (int plane = 0; plane < 3; plane++)
        {
            float least = random.NextSingle() / 2;
            foreach (ref float value in values.AsSpan(plane * height * width, height * width))
                value = least + (random.NextSingle() / 2);
        }

        return new PlanarPicture(height, width, values);
    }

    internal static Pictures Load(string path)
    {
        WeightStore store = SafetensorsReader.Read(path);
        PlanarPicture Picture(string name)
        {
            WeightTensor tensor = store.Tensors[name];
            return new PlanarPicture(tensor.Shape[1], tensor.Shape[2], tensor.Values);
        }

        return new Pictures(Picture("current"), Picture("content"), Picture("style"));
    }

    /// <summary>Writes three tensors [3, height, width] to a safetensors file in a folder. Returns its path.</summary>
    internal string Save(string folder)
    {
        static WeightTensor Tensor(PlanarPicture picture) => new([3, picture.Height, picture.Width], picture.Values);
        string path = Path.Combine(folder, "pictures.safetensors");
        SafetensorsWriter.Write(path, new WeightStore
        {
            Tensors = new Dictionary<string, WeightTensor>
            {
                ["current"] = Tensor(Current),
                ["content"] = Tensor(Content),
                ["style"] = Tensor(Style),
            }.ToImmutableSortedDictionary(),
        });
        return path;
    }
}
