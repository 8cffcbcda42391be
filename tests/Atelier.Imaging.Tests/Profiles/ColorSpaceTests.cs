using Atelier.Imaging.Profiles;
using Atelier.Testing;

namespace Atelier.Imaging.Tests.Profiles;

public sealed class ColorSpaceTests
{
    [Theory]
    [InlineData("display-p3"), InlineData("adobe-rgb"), InlineData("linear-2020"), InlineData("table-709")]
    [InlineData("offset-p3"), InlineData("gray-1.8")]
    public void Decode_ProfileOfPrimariesAndCurves_AgreesWithLittleCms(string name)
    {
        Picture picture = Load(name), expected = Load($"{name}.srgb");

        Assert.Empty(picture.Warnings);
        Assert.Equal(!name.StartsWith("gray", StringComparison.Ordinal), picture.IccProfile is not null);
        double[] errors = [.. Differences(picture, expected)];
        Assert.InRange(errors.Max(), 0, 1.01);
        Assert.InRange(errors.Average(), 0, 0.2);
    }

    [Theory]
    [InlineData("display-p3"), InlineData("adobe-rgb"), InlineData("linear-2020"), InlineData("table-709")]
    [InlineData("offset-p3")]
    public void Encode_DecodedPicture_GivesTheSamplesOfTheFile(string name)
    {
        byte[] file = File.ReadAllBytes(PathOf(name));
        Picture picture = PictureFile.Decode(file), stored = PictureFile.DecodeSamples(file);

        Picture again = PictureFile.DecodeSamples(Encode(picture));

        Assert.Equal(
            picture.IccProfile!.Value.ToArray(), PictureFile.Decode(Encode(picture)).IccProfile!.Value.ToArray());
        Assert.All(Differences(again, stored), difference => Assert.InRange(difference, 0, 1.01));
    }

    [Theory]
    [InlineData(12, 13, 64), InlineData(9, 13, 64), InlineData(12, 4, 64), InlineData(9, 1, 64), InlineData(9, 8, 64)]
    public void Encode_SixteenBits_ComeBackNearly(int primaries, int transfer, int levels)
    {
        Random random = new(primaries);
        float[] Plane() => [.. Enumerable.Range(0, 40 * 25).Select(_ => random.Next(65_536) / 65_535f)];
        byte[] stored = Encode(new Picture(40, 25, Plane(), Plane(), Plane()) { BitDepth = 16 });
        byte[] profile = TestProfiles.OfCodePoints(primaries, transfer);
        Picture before = PictureFile.Decode(stored);
        Picture inSrgb = FileColors.ToSrgb(PictureFile.Decode(stored).WithProfile(profile));

        Picture after = FileColors.ToProfile(inSrgb);

        Assert.All(Differences(before, after), difference => Assert.InRange(difference * 257, 0, levels));
    }

    [Theory]
    [InlineData(12, 13), InlineData(9, 8), InlineData(12, 4), InlineData(11, 5), InlineData(1, 1)]
    public void ToSrgb_BlackAndWhite_StayExact(int primaries, int transfer)
    {
        Picture picture = new(2, 1, [0, 1], [0, 1], [0, 1])
        {
            BitDepth = 16,
            IccProfile = TestProfiles.OfCodePoints(primaries, transfer),
        };

        Picture converted = FileColors.ToSrgb(picture), back = FileColors.ToProfile(converted);

        foreach (float[] plane in (float[][])[.. converted.Planes, .. back.Planes])
        {
            Assert.Equal([0, 65_535], plane.Select(sample => (int)MathF.Round(sample * 65_535)));
        }
    }

    [Fact]
    public void ToSrgb_SaturatedColors_AreNotClipped()
    {
        Picture picture = new(1, 1, [1], [0], [0]) { IccProfile = TestProfiles.DisplayP3 };

        Picture converted = FileColors.ToSrgb(picture);

        // The red of Display P3 in sRGB, by the matrices of both.
        Assert.Equal(1.0930f, converted.Red[0], 0.001f);
        Assert.Equal(-0.2267f, converted.Green[0], 0.001f);
        Assert.Equal(-0.1501f, converted.Blue[0], 0.001f);
        Assert.True(converted.ExceedsGamut);
        Assert.Equal([1f, 0, 0], [converted.InGamut.Red[0], converted.InGamut.Green[0], converted.InGamut.Blue[0]]);
    }

    [Fact]
    public void Decode_ProfileOfSrgb_ChangesNothing()
    {
        Picture gray = new(3, 1, [0.2f, 0.4f, 0.6f], [0.2f, 0.4f, 0.6f], [0.2f, 0.4f, 0.6f])
        {
            IccProfile = TestProfiles.OfCodePoints(1, 13),
        };

        Assert.Equal([51, 102, 153], PictureFile.Decode(Encode(gray)).Red.Select(sample => sample * 255));
        Assert.True(IccReader.Read(TestProfiles.OfCodePoints(1, 13))!.IsSrgb);
        Assert.False(IccReader.Read(TestProfiles.DisplayP3)!.IsSrgb);
        Assert.False(IccReader.Read(TestProfiles.OfCodePoints(1, 4))!.IsSrgb);
    }

    [Fact]
    public void Resize_ColorsOutsideTheGamut_AreKept()
    {
        Picture picture = FileColors.ToSrgb(new Picture(4, 4, Enumerable.Repeat(1f, 16).ToArray(), new float[16],
            new float[16])
        {
            IccProfile = TestProfiles.DisplayP3,
        });

        Assert.All(Resampler.Resize(picture, 3, 2).Red, sample => Assert.Equal(1.0930f, sample, 0.001f));
    }

    private static string PathOf(string name) => Fixture.PathOf("images", "color", $"{name}.png");

    private static Picture Load(string name) => PictureFile.Load(PathOf(name));

    private static byte[] Encode(Picture picture)
    {
        using MemoryStream stream = new();
        PictureFile.Save(picture, stream, ".png");
        return stream.ToArray();
    }

    /// <summary>Differences in levels of 8 bits, of samples clipped to [0, 1] and rounded as in a file.</summary>
    private static IEnumerable<double> Differences(Picture a, Picture b)
    {
        int highest = a.BitDepth > 8 ? 65_535 : 255;
        double Level(float sample) => Math.Round(Math.Clamp(sample, 0, 1) * highest) * 255 / highest;
        return a.Planes.Zip(b.Planes).SelectMany(planes => planes.First.Zip(planes.Second))
            .Select(samples => Math.Abs(Level(samples.First) - Level(samples.Second)));
    }
}
