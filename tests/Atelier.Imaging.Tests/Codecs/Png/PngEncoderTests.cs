using System.Collections.Immutable;
using Atelier.Testing;

namespace Atelier.Imaging.Tests.Codecs.Png;

public sealed class PngEncoderTests
{
    [Theory]
    [InlineData(8, false), InlineData(8, true), InlineData(16, false), InlineData(16, true)]
    public void Encode_SamplesOfTheDepth_SurviveExactly(int depth, bool hasAlpha)
    {
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (2, 5), (257, 261), (83, 7)])
        {
            Picture picture = new(width, height, hasAlpha) { BitDepth = depth };
            int levels = 1 << depth;
            foreach (float[] plane in picture.Planes)
            {
                int step = plane == picture.Green ? 7 : 1;
                for (int i = 0; i < plane.Length; i++) plane[i] = i * step % levels / (float)(levels - 1);
            }

            Picture decoded = RoundTrip(picture);

            Assert.Equal((width, height, depth), (decoded.Width, decoded.Height, decoded.BitDepth));
            Assert.Equal(picture.Planes, decoded.Planes);
        }
    }

    [Fact]
    public void Encode_NoisyRows_SurviveEveryFilter()
    {
        Random random = new(3);
        Picture picture = new(53, 40);
        for (int i = 0; i < picture.Red.Length; i++)
        {
            // Rows of noise, of columns, of ramps and of planes make different filters the best.
            (int x, int y) = (i % 53, i / 53);
            int value = (y % 4) switch { 0 => random.Next(256), 1 => x * x % 256, 2 => 4 * x, _ => (3 * x) + (2 * y) };
            (picture.Red[i], picture.Green[i], picture.Blue[i]) = (value % 256 / 255f, x % 2, y % 3 > 0 ? 1 : 0);
        }

        Assert.Equal(picture.Planes, RoundTrip(picture).Planes);
    }

    [Theory]
    [InlineData(8), InlineData(16)]
    public void Encode_SamplesOutsideTheRange_AreClampedAndRounded(int depth)
    {
        int highest = (1 << depth) - 1;
        float[] samples =
            [-1f, float.NegativeInfinity, float.NaN, 2f, float.PositiveInfinity, 0.5f / highest, 1.5f / highest];
        float[] many = [.. Enumerable.Repeat(samples, 20).SelectMany(values => values)];
        Picture picture = new(many.Length, 1, many, [.. many], [.. many]);

        Picture decoded = RoundTrip(picture, new EncodeOptions { BitDepth = depth });

        float[] expected = [0, 0, 0, 1, 1, 0, 2f / highest];
        Assert.Equal(Enumerable.Repeat(expected, 20).SelectMany(values => values), decoded.Red);
    }

    [Fact]
    public void Encode_Metadata_Survives()
    {
        byte[] profile = TestProfiles.Srgb();
        Dictionary<string, string> texts = new()
        {
            ["Title"] = "Plain\nand Latin: déjà vu",
            ["Title 2"] = "夜のカフェテラス",
            ["Recipe"] = string.Concat(Enumerable.Repeat("{\"size\": 512} ", 500)),
            ["Recipe 2"] = string.Concat(Enumerable.Repeat("→ ", 2000)),
            ["Empty"] = "",
        };
        Picture picture = new(3, 2) { IccProfile = profile, Text = texts.ToImmutableDictionary() };

        Picture decoded = RoundTrip(picture);

        Assert.Equal(profile, decoded.IccProfile!.Value.ToArray());
        Assert.Equal(texts.OrderBy(pair => pair.Key), decoded.Text.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void Encode_LongText_IsCompressed()
    {
        string recipe = new('x', 100_000);
        Picture picture = new(1, 1) { Text = ImmutableDictionary<string, string>.Empty.Add("Recipe", recipe) };

        Assert.InRange(Encode(picture).Length, 1, 1000);
    }

    [Theory]
    [InlineData(""), InlineData("夜"), InlineData("line\nbreak")]
    public void Encode_ImpossibleKeyword_IsRefused(string keyword)
    {
        Picture picture = new(1, 1) { Text = ImmutableDictionary<string, string>.Empty.Add(keyword, "text") };

        Assert.Throws<ArgumentException>(() => Encode(picture));
    }

    [Fact]
    public void Encode_ImpossibleDepth_IsRefused()
        => Assert.Throws<ArgumentException>(() => Encode(new Picture(1, 1), new EncodeOptions { BitDepth = 12 }));

    [Fact]
    public void Encode_LargePicture_IsCutIntoChunksThatDecode()
    {
        Random random = new(5);
        Picture picture = new(601, 499);
        for (int i = 0; i < picture.Red.Length; i++) picture.Red[i] = random.Next(256) / 255f;

        byte[] file = Encode(picture);

        Assert.True(file.AsSpan().Count("IDAT"u8) > 1);
        Assert.Equal(picture.Red, PictureFile.Decode(file).Red);
    }

    private static Picture RoundTrip(Picture picture, EncodeOptions? options = null)
        => PictureFile.Decode(Encode(picture, options));

    private static byte[] Encode(Picture picture, EncodeOptions? options = null)
    {
        using MemoryStream stream = new();
        PictureFile.Save(picture, stream, ".png", options);
        return stream.ToArray();
    }
}
