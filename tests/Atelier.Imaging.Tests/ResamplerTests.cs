using System.Collections.Immutable;

namespace Atelier.Imaging.Tests;

public sealed class ResamplerTests
{
    /// <summary>Enlarging and shrinking, one side and both, odd sizes, single rows and columns,
    /// more than one strip.</summary>
    public static TheoryData<int, int, int, int> Sizes() => new()
    {
        { 37, 23, 19, 11 }, { 19, 11, 37, 23 }, { 37, 23, 37, 11 }, { 37, 23, 12, 23 }, { 37, 23, 12, 61 },
        { 5, 3, 1, 1 },
        { 1, 1, 7, 5 }, { 1, 41, 1, 13 }, { 41, 1, 13, 1 }, { 1, 9, 4, 20 }, { 1100, 9, 1090, 4 }, { 7, 300, 3, 2 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ResizePlane_AnySize_AgreesWithDoubles(int width, int height, int newWidth, int newHeight)
    {
        float[] plane = Noise(width * height, seed: 1);
        foreach (ResampleFilter filter in Enum.GetValues<ResampleFilter>())
        {
            double[] expected = Reference(plane, width, height, newWidth, newHeight, filter);

            float[] actual = Resampler.ResizePlane(plane, width, height, newWidth, newHeight, filter);

            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ResizePlane_Constant_StaysConstantUpToTheEdges(int width, int height, int newWidth, int newHeight)
    {
        float[] plane = new float[width * height];
        Array.Fill(plane, 0.7f);

        float[] resized = Resampler.ResizePlane(plane, width, height, newWidth, newHeight);

        Assert.All(resized, sample => Assert.Equal(0.7f, sample, 1e-6f));
    }

    [Fact]
    public void ResizePlane_SameSize_IsTheSamePlane()
    {
        float[] plane = Noise(17 * 9, seed: 2);

        float[] resized = Resampler.ResizePlane(plane, 17, 9, 17, 9);

        Assert.Equal(plane, resized);
        Assert.NotSame(plane, resized);
    }

    [Theory]
    [InlineData(120, 40), InlineData(121, 33), InlineData(40, 97)]
    public void ResizePlane_Ramp_StaysARampInside(int width, int newWidth)
    {
        // A sample at x holds the value of its center, x + 1/2.
        float[] plane = [.. Enumerable.Range(0, 3 * width).Select(i => (i % width) + 0.5f)];
        double scale = (double)width / newWidth, margin = 3 * Math.Max(1, scale);

        float[] resized = Resampler.ResizePlane(plane, width, 3, newWidth, 2);

        for (int x = 0; x < newWidth; x++)
        {
            double center = (x + 0.5) * scale;
            if (center > margin && center < width - margin) Assert.Equal(center, resized[x], 0.03);
        }
    }

    [Fact]
    public void ResizePlane_Shrinking_KeepsTheMeanAndRemovesFineDetail()
    {
        const int Side = 256;
        float[] board = [.. Enumerable.Range(0, Side * Side).Select(i => ((i % Side) + (i / Side)) % 2 == 0 ? 1f : 0f)];

        float[] resized = Resampler.ResizePlane(board, Side, Side, 60, 50);

        Assert.Equal(0.5, resized.Average(), 1e-3);
        Assert.All(resized, sample => Assert.InRange(sample, 0.45f, 0.55f));
    }

    [Fact]
    public void ResizePlane_Transposed_GivesTheSameBits()
    {
        // Where one direction stays as it is, rows and columns go through the same sums.
        float[] row = Noise(101, seed: 3);

        Assert.Equal(Resampler.ResizePlane(row, 101, 1, 37, 1), Resampler.ResizePlane(row, 1, 101, 1, 37));
    }

    [Fact]
    public void ResizePlane_ValuesOfAnyRange_AreNotClamped()
    {
        float[] plane = [-100f, 50f, 3000f, -7f];

        Assert.Contains(Resampler.ResizePlane(plane, 2, 2, 5, 3), sample => sample > 1000f);
    }

    [Fact]
    public void ResizePlane_WrongArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.ResizePlane(new float[6], 3, 2, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.ResizePlane(new float[6], 3, 2, 2, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.ResizePlane(new float[5], 3, 2, 2, 2));
    }

    [Fact]
    public void Resize_HardEdges_StayInTheRange()
    {
        Picture picture = new(20, 15, hasAlpha: true);
        for (int i = 0; i < picture.Red.Length; i++)
        {
            picture.Red[i] = i % 20 < 10 ? 0f : 1f;
            picture.Alpha![i] = i / 20 < 7 ? 0f : 1f;
        }

        Picture resized = Resampler.Resize(picture, 53, 41);

        Assert.All(resized.Planes, plane => Assert.All(plane, sample => Assert.InRange(sample, 0f, 1f)));
        Assert.Equal(1f, resized.Alpha!.Max());
        Assert.Equal(0f, resized.Alpha!.Min());
    }

    [Theory]
    [InlineData(30, 21, 20, 20, 14)]
    [InlineData(21, 30, 45, 32, 45)]
    [InlineData(7, 1, 3, 3, 1)]
    public void Resize_ByTheLongSide_KeepsTheProportions(
        int width, int height, int longSide, int newWidth, int newHeight)
    {
        Picture picture = new(width, height);
        for (int i = 0; i < picture.Red.Length; i++)
            picture.Red[i] = i / (float)picture.Red.Length;

        Picture resized = Resampler.Resize(picture, longSide);

        Assert.Equal((newWidth, newHeight), (resized.Width, resized.Height));
        Assert.Equal(Resampler.Resize(picture, newWidth, newHeight).Red, resized.Red);
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resize(picture, 0));
    }

    [Fact]
    public void Resize_TransparentColors_DoNotBleed()
    {
        // Red, opaque, beside a green that nobody can see.
        Picture picture = new(24, 6, hasAlpha: true);
        for (int i = 0; i < picture.Red.Length; i++)
        {
            bool isOpaque = i % 24 < 11;
            (picture.Red[i], picture.Green[i], picture.Alpha![i]) = isOpaque ? (0.8f, 0f, 1f) : (0f, 1f, 0f);
        }

        Picture resized = Resampler.Resize(picture, 9, 3);

        for (int i = 0; i < resized.Red.Length; i++)
        {
            if (resized.Alpha![i] < 0.01f) continue;
            Assert.Equal(0.8f, resized.Red[i], 1e-4f);
            Assert.Equal(0f, resized.Green[i], 1e-4f);
        }
    }

    [Fact]
    public void Resize_Metadata_Stays()
    {
        Picture picture = new(4, 3)
        {
            BitDepth = 16,
            IccProfile = new byte[] { 1, 2 },
            Text = ImmutableDictionary<string, string>.Empty.Add("Title", "Bridge"),
            Warnings = ["something"],
        };

        Picture resized = Resampler.Resize(picture, 2, 5);

        Assert.Equal((2, 5, 16), (resized.Width, resized.Height, resized.BitDepth));
        Assert.Equal([1, 2], resized.IccProfile!.Value.ToArray());
        Assert.Equal("Bridge", resized.Text["Title"]);
        Assert.Equal(["something"], resized.Warnings);
        Assert.Null(resized.Alpha);
    }

    [Theory]
    [InlineData(4000, 3000, 512, 512, 384), InlineData(3000, 4000, 512, 384, 512), InlineData(10, 3000, 100, 1, 100)]
    [InlineData(3, 2, 10, 10, 7), InlineData(101, 101, 7, 7, 7), InlineData(1000, 333, 100, 100, 33)]
    public void Fit_LongSide_KeepsProportions(int width, int height, int longSide, int fitWidth, int fitHeight)
        => Assert.Equal((fitWidth, fitHeight), Resampler.Fit(width, height, longSide));

    private static float[] Noise(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }

    /// <summary>The specification: every new sample is a weighted mean over the whole old plane.</summary>
    private static double[] Reference(
        float[] plane, int width, int height, int newWidth, int newHeight, ResampleFilter filter)
    {
        double[] result = new double[newWidth * newHeight];
        for (int i = 0; i < result.Length; i++)
        {
            double[] across = Weights(width, newWidth, i % newWidth, filter);
            double[] down = Weights(height, newHeight, i / newWidth, filter);
            for (int k = 0; k < plane.Length; k++) result[i] += across[k % width] * down[k / width] * plane[k];
        }

        return result;
    }

    private static double[] Weights(int length, int newLength, int index, ResampleFilter filter)
    {
        double scale = (double)length / newLength;
        double[] weights = new double[length];
        for (int k = 0; k < length; k++)
        {
            double x = Math.Abs(k + 0.5 - ((index + 0.5) * scale)) / Math.Max(1, scale);
            weights[k] = filter switch
            {
                ResampleFilter.Bilinear => Math.Max(0, 1 - x),
                _ when x >= 3 => 0,
                _ when x == 0 => 1,
                _ => 3 * Math.Sin(Math.PI * x) * Math.Sin(Math.PI * x / 3) / (Math.PI * Math.PI * x * x),
            };
        }

        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => length == newLength ? Math.Round(weight) : weight / sum);
    }
}
