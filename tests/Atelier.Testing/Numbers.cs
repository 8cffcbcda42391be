using Atelier.Engine;

namespace Atelier.Testing;

/// <summary>Random numbers from seeds, and comparisons of many numbers at once.</summary>
internal static class Numbers
{
    internal static float[] Normal(int seed, int count)
        => [.. NormalDoubles(seed, count).Select(value => (float)value)];

    internal static double[] NormalDoubles(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }

    internal static float[] Uniform(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }

    /// <summary>A picture's planes of uniform noise.</summary>
    internal static Atelier.Imaging.PlanarPicture Planes(int seed, int height, int width)
        => new(height, width, Uniform(seed, 3 * height * width));

    internal static Atelier.Imaging.Picture Picture(int seed, int height, int width)
        => Planes(seed, height, width).ToPicture();

    internal static Tensor CreateTensor(this IEngine engine, float[] values)
    {
        Tensor tensor = engine.CreateTensor(values.Length);
        engine.Write(values, tensor);
        return tensor;
    }

    internal static double[] Values(this IEngine engine, Tensor tensor)
    {
        float[] values = new float[tensor.Length];
        engine.Read(tensor, values);
        return Doubles(values);
    }

    internal static double[] Doubles(IEnumerable<float> values) => [.. values.Select(value => (double)value)];

    /// <summary>Each number differs by no more than a share of the largest one expected.</summary>
    internal static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        double largest = expected.Select(Math.Abs).Append(1e-30).Max();
        for (int i = 0; i < expected.Count; i++)
        {
            double difference = Math.Abs(expected[i] - actual[i]);
            Assert.True(difference <= tolerance * largest, $"Number {i}: {expected[i]} expected, {actual[i]} found.");
        }
    }
}
