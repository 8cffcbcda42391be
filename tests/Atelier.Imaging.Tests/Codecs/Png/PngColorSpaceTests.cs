using Atelier.Testing;

namespace Atelier.Imaging.Tests.Codecs.Png;

public sealed class PngColorSpaceTests
{
    private static readonly (string, byte[]) Profile =
        ("iCCP", [.. "p"u8, 0, 0, .. TestPng.Compress(TestProfiles.DisplayP3)]);

    private static readonly (string, byte[]) Linear = ("gAMA", TestPng.BigEndian(100_000)),
        Srgb = ("sRGB", [0]), Sdr = ("cICP", [1, 13, 0, 1]);

    private static readonly (string, byte[]) WidePrimaries = ("cHRM",
    [
        .. ((int[])[31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000]).SelectMany(TestPng.BigEndian),
    ]);

    [Fact]
    public void Decode_Gamma_LeadsToSrgb()
    {
        Picture picture = Decode([Linear], _ => 128);

        // The light of 128/255 on the curve of sRGB.
        Assert.Equal(0.7366f, picture.Red[0], 0.0005f);
        Assert.NotNull(picture.IccProfile);
        Assert.Empty(picture.Warnings);
    }

    [Theory]
    [InlineData(45_455), InlineData(45_454), InlineData(45_000)]
    public void Decode_UsualGamma_IsSrgb(int gamma)
    {
        Picture picture = Decode([("gAMA", TestPng.BigEndian(gamma))], _ => 128);

        Assert.Equal(128 / 255f, picture.Red[0]);
        Assert.Null(picture.IccProfile);
    }

    [Fact]
    public void Decode_Chromaticities_AreThoseOfTheProfile()
    {
        Picture byChunks = Decode([("gAMA", TestPng.BigEndian(45_455)), WidePrimaries]), byProfile = Decode([Profile]);

        for (int i = 0; i < byProfile.Red.Length; i++)
        {
            Assert.Equal(byProfile.Red[i], byChunks.Red[i], 0.001f);
            Assert.Equal(byProfile.Green[i], byChunks.Green[i], 0.001f);
        }

        Assert.Null(Decode([WidePrimaries]).IccProfile);
    }

    [Fact]
    public void Decode_SeveralColorSpaces_FollowsThePrecedence()
    {
        float plain = Red([]), wide = Red([Profile]), linear = Red([Linear]);
        Assert.Equal(3, new HashSet<float> { plain, wide, linear }.Count);

        Assert.Equal(plain, Red([Linear, Srgb]));
        Assert.Equal(wide, Red([Linear, Srgb, Profile]));
        Assert.Equal(plain, Red([Linear, Srgb, Profile, Sdr]));
        Assert.Equal(wide, Red([("cICP", [12, 13, 0, 1]), Linear]), 0.0005f);
    }

    [Fact]
    public void Decode_ColorSpacesThatAreMalformed_AreIgnoredWithAWarning()
    {
        float plain = Red([]);
        (string, byte[])[] malformed =
        [
            ("gAMA", TestPng.BigEndian(0)), ("gAMA", [1]), ("cHRM", [1, 2]), ("cICP", [1, 2]), ("cICP", [2, 2, 0, 1]),
            ("cICP", [1, 13, 0, 0]), ("cICP", [99, 13, 0, 1]),
        ];
        foreach ((string, byte[]) chunk in malformed)
        {
            Picture picture = Decode([chunk]);
            Assert.Single(picture.Warnings);
            Assert.Equal(plain, picture.Red[5]);
        }

        Picture flat = Decode([Linear, ("cHRM", new byte[32])]);
        Assert.Single(flat.Warnings);
        Assert.Equal(wideOf(Profile), Red([Profile, ("cICP", [1, 2])]));
        float wideOf((string, byte[]) profile) => Red([profile]);
    }

    [Fact]
    public void Decode_ProfileOfAnotherModel_IsIgnoredForTheNextBest()
    {
        (string, byte[]) gray = ("iCCP", [.. "p"u8, 0, 0, .. TestPng.Compress(TestProfiles.OfTables("GRAY"))]);

        Picture picture = Decode([gray, Linear]);

        Assert.Contains("GRAY", Assert.Single(picture.Warnings), StringComparison.Ordinal);
        Assert.Equal(Red([Linear]), picture.Red[5]);
    }

    [Theory]
    [InlineData(16), InlineData(18)]
    public void Decode_HighDynamicRange_IsMappedWithAWarning(int transfer)
    {
        Picture picture = Decode([("cICP", [9, (byte)transfer, 0, 1])], x => x * 4369, depth: 16);

        Assert.Contains("dynamic range", Assert.Single(picture.Warnings), StringComparison.Ordinal);
        Assert.Null(picture.IccProfile);
        Assert.Equal(picture.Red.Order(), picture.Red);
        Assert.Equal(0, picture.Red[0]);
        Assert.InRange(picture.Red[^1], 0.95f, 1.0001f);

        // Diffuse white is at 58 % of PQ and at 75 % of HLG.
        int white = transfer == 16 ? 9 : 11;
        Assert.InRange(picture.Red[white], 0.85f, 0.95f);
    }

    private static float Red((string, byte[])[] chunks) => Decode(chunks).Red[5];

    private static Picture Decode((string, byte[])[] chunks, Func<int, int>? gray = null, int depth = 8)
    {
        TestPng png = new(16, 1, depth, 2) { Chunks = [.. chunks] };
        return PictureFile.Decode(
            png.Build(gray is null ? (x, _, channel) => (x + channel) * 13 : (x, _, _) => gray(x)));
    }
}
