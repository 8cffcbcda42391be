using System.Text;
using Atelier.Testing;

namespace Atelier.Imaging.Vips.Tests;

/// <summary>Colors that need tables or that the boxes of AVIF declare. What is expected comes from Little CMS and from
/// the formulas of the standards, by the script beside the files.</summary>
public sealed class ColorTests : NativeLibrary
{
    [Theory]
    [InlineData("print.tif", "print", "CMYK"), InlineData("print.jpg", "print.jpg", "CMYK")]
    [InlineData("print-ycck.jpg", "print-ycck.jpg", "CMYK")]
    [InlineData("scanner.png", "scanner", "tables"), InlineData("scanner.tif", "scanner", "tables")]
    public void Decode_ProfileOfTables_AgreesWithLittleCms(string name, string expected, string words)
    {
        Picture picture = PictureFile.Decode(ColorsOf(name));

        AssertNear($"{expected}.srgb.png", picture);
        Assert.Contains(words, Assert.Single(picture.Warnings), StringComparison.Ordinal);
        Assert.Null(picture.IccProfile);
        Assert.False(PictureFile.Identify(ColorsOf(name)).HasIccProfile);
    }

    [Theory]
    [InlineData("p3.avif", true), InlineData("bt2020.avif", true), InlineData("pq.avif", false)]
    [InlineData("hlg.avif", false)]
    public void Decode_CodePoints_AreThoseOfTheStandards(string name, bool isKept)
    {
        Picture picture = PictureFile.Decode(ColorsOf(name));

        AssertNear($"{name}.srgb.png", picture);
        Assert.Equal(isKept, picture.IccProfile is not null);
        Assert.Equal(isKept, PictureFile.Identify(ColorsOf(name)).HasIccProfile);
        if (isKept) Assert.Empty(picture.Warnings);
        else Assert.Contains("dynamic range", Assert.Single(picture.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_Lab_IsRelativeToD50() => AssertNear("lab.srgb.png", PictureFile.Decode(ColorsOf("lab.tif")));

    [Theory]
    [InlineData("lab-8.tif"), InlineData("lab-icc.tif")]
    public void Decode_LabOfAnotherEncoding_IsRefused(string name)
        => Assert.Contains("Lab can be read with 16 bits", Assert.Throws<ImageFormatException>(
            () => PictureFile.Decode(ColorsOf(name))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("scanner.png", 8), InlineData("scanner.tif", 8), InlineData("p3.avif", 10), InlineData("pq.avif", 10)]
    public void DecodeSamples_ColorsOfAnySpace_AreUntouched(string name, int bits)
    {
        Picture picture = PictureFile.DecodeSamples(ColorsOf(name));

        double highest = (1 << bits) - 1;
        AssertLevels(picture.Red, 27, highest, (x, _) => Math.Round(x * 255 / 26 / 255d * highest));
        AssertLevels(picture.Green, 27, highest, (_, y) => Math.Round(y * 255 / 18 / 255d * highest));
        Assert.Empty(picture.Warnings);
    }

    [Theory]
    [InlineData("print.tif"), InlineData("print.jpg")]
    public void DecodeSamples_Cmyk_FollowsThePlainFormula(string name)
    {
        Picture picture = PictureFile.DecodeSamples(ColorsOf(name));

        for (int i = 0; i < picture.Red.Length; i++)
        {
            (int x, int y) = (i % 27, i / 27);
            float light = 1 - (((x * 11) + (y * 5)) % 200 / 255f);
            Assert.Equal((1 - (x * 255 / 26 / 255f)) * light, picture.Red[i], name.EndsWith("tif") ? 1e-6f : 0.05f);
        }
    }

    [Fact]
    public void Decode_CmykWithoutAProfile_IsThatOfUsualPrint()
    {
        Picture picture = PictureFile.Decode(FileOf("cmyk.tif"));

        Assert.Contains("usual print", Assert.Single(picture.Warnings), StringComparison.Ordinal);
        // Pure cyan is no pure blue-green on paper.
        Assert.InRange(picture.Green[18], 0.55f, 0.75f);
    }

    [Theory]
    [InlineData("profile.webp", "GRAY"), InlineData("profile.webp", "CMYK"), InlineData("profile.tif", "GRAY")]
    [InlineData("profile.tif", "CMYK")]
    public void Decode_ProfileOfAnotherModel_IsIgnoredWithAWarning(string name, string model)
    {
        byte[] file = FileOf(name);
        Encoding.ASCII.GetBytes(model).CopyTo(file, file.AsSpan().IndexOf("mntrRGB "u8) + 4);

        Picture picture = PictureFile.Decode(file);

        Assert.Contains($"describes {model}", Assert.Single(picture.Warnings), StringComparison.Ordinal);
        AssertFormula(picture);
        Assert.Null(picture.IccProfile);
    }

    [Theory]
    [InlineData(".png"), InlineData(".jpg")]
    public void Decode_DamagedTables_AreIgnoredOrApplied(string extension)
    {
        byte[] profile = PictureFileProfile("scanner.png");
        Random random = new(5);
        int ignored = 0;
        for (int i = 0; i < 150; i++)
        {
            byte[] damaged = [.. profile];
            int end = i % 2 == 0 ? 250 : damaged.Length;
            for (int changes = random.Next(1, 6); changes > 0; changes--)
                damaged[random.Next(end)] = (byte)random.Next(256);
            Picture picture = new(2, 1, [0.2f, 0.6f], [0.4f, 0.4f], [1, 0]) { IccProfile = damaged };

            Picture read = PictureFile.Decode(Save(picture, extension));

            Assert.Null(read.IccProfile);
            Assert.All(read.Planes, plane => Assert.All(plane, sample => Assert.InRange(sample, 0f, 1f)));
            string warning = Assert.Single(read.Warnings);
            bool isIgnored = warning.Contains("ignored", StringComparison.Ordinal);
            if (isIgnored && extension == ".png") Assert.Equal(0.2f, read.Red[0], 1e-6f);
            ignored += isIgnored ? 1 : 0;
        }

        Assert.InRange(ignored, 10, 140);
    }

    [Theory]
    [InlineData("print.jpg"), InlineData("print.tif"), InlineData("pq.avif")]
    public void Decode_DamagedFile_ThrowsNothingElse(string name)
        => Assert.InRange(Mutations.CountRefused(ColorsOf(name), 100, seed: 3), 0, 99);

    [Theory]
    [InlineData("print.tif"), InlineData("print.jpg"), InlineData("print-ycck.jpg"), InlineData("scanner.tif")]
    public void Decode_DamagedProfile_IsAPictureAllTheSame(string name)
    {
        byte[] file = ColorsOf(name);
        int start = file.AsSpan().IndexOf("acsp"u8) - 36;
        Random random = new(7);
        for (int i = 0; i < 100; i++)
        {
            byte[] damaged = [.. file];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
                damaged[start + random.Next(i % 2 == 0 ? 250 : 5000)] = (byte)random.Next(256);

            Picture read = PictureFile.Decode(damaged);

            Assert.All(read.Planes, plane => Assert.All(plane, sample => Assert.InRange(sample, 0f, 1f)));
            Assert.InRange(read.Warnings.Length, 1, 2);
        }
    }

    [Fact]
    public void Find_DamagedBoxes_ThrowNothing()
    {
        byte[] file = ColorsOf("p3.avif");
        int header = file.AsSpan().IndexOf("mdat"u8);
        Random random = new(6);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. file[..header]];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                damaged[random.Next(24, header)] = (byte)random.Next(256);
            AvifColors.Find(damaged.AsSpan(0, random.Next(2) == 0 ? header : random.Next(header)), _ => { });
        }

        Assert.NotNull(AvifColors.Find(file, _ => { }));
    }

    [Fact]
    public void Decode_UnknownCodePoints_AreSrgbWithAWarning()
    {
        byte[] file = ColorsOf("p3.avif");
        file[file.AsSpan().IndexOf("nclx"u8) + 5] = 99;

        Picture picture = PictureFile.Decode(file);

        Assert.Contains("primaries 99", Assert.Single(picture.Warnings), StringComparison.Ordinal);
        Assert.Equal(PictureFile.DecodeSamples(ColorsOf("p3.avif")).Red, picture.Red);
    }

    private static byte[] ColorsOf(string name) => File.ReadAllBytes(Fixture.PathOf("images", "color", name));

    /// <summary>The profile of a PNG, which is no longer with a decoded picture.</summary>
    private static byte[] PictureFileProfile(string name)
        => ImageFormats.Recognize(ColorsOf(name)).Decode(ColorsOf(name), DecodeLimits.Default)
            .IccProfile!.Value.ToArray();

    private static byte[] Save(Picture picture, string extension)
    {
        using MemoryStream stream = new();
        PictureFile.Save(picture, stream, extension);
        return stream.ToArray();
    }

    private static void AssertNear(string expected, Picture picture, double most = 1.01, double mean = 0.2)
    {
        float[] differences = Differences(PictureFile.Decode(ColorsOf(expected)), Rounded(picture.InGamut));
        Assert.InRange(differences.Max(), 0, most);
        Assert.InRange(differences.Average(), 0, mean);
    }

    private static Picture Rounded(Picture picture)
    {
        float[][] planes = [.. picture.Planes.Select(
            plane => Array.ConvertAll(plane, sample => MathF.Round(sample * 255) / 255))];
        return new Picture(picture.Width, picture.Height, planes[0], planes[1], planes[2]);
    }
}
