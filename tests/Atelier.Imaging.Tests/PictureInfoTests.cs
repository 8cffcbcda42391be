using System.Text;
using Atelier.Imaging.Codecs.Gif;
using Atelier.Imaging.Tests.Codecs.Jpeg;
using Atelier.Imaging.Tests.Codecs.Png;
using Atelier.Testing;

namespace Atelier.Imaging.Tests;

public sealed class PictureInfoTests
{
    private static readonly byte[] Profile = TestProfiles.Srgb();

    /// <summary>EXIF data that says no more than an orientation.</summary>
    private static byte[] ExifOf(Orientation orientation)
        => [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0];

    public static TheoryData<string> FilesOfOthers =>
        [.. Directory.EnumerateFiles(Fixture.PathOf("images"), "*.*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("corrupt", StringComparison.Ordinal)
                && ImageFormats.ReadableExtensions.Contains(Path.GetExtension(path)))
            .Select(path => Path.GetRelativePath(Fixture.PathOf("images"), path))];

    [Theory]
    [MemberData(nameof(FilesOfOthers))]
    public void Identify_FileOfAnotherProgram_AgreesWithItsPicture(string file)
        => AssertAgrees(File.ReadAllBytes(Fixture.PathOf("images", file)));

    [Theory]
    [InlineData(0, 1), InlineData(0, 16), InlineData(2, 8), InlineData(2, 16), InlineData(4, 8), InlineData(6, 16)]
    public void Identify_Png_AgreesWithItsPicture(int colorType, int depth)
    {
        PictureInfo info = AssertAgrees(new TestPng(7, 3, depth, colorType).Build());

        Assert.Equal(("PNG", 7, 3, depth), (info.Format, info.Width, info.Height, info.BitDepth));
        Assert.Equal(colorType >= 4, info.HasAlpha);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Identify_PngWithProfileAndOrientation_TellsBoth(bool isTransparent)
    {
        byte[] file = new TestPng(7, 3, 8, 2)
        {
            Chunks =
            [
                ("iCCP", [.. "p"u8, 0, 0, .. TestPng.Compress(Profile)]),
                ("eXIf", ExifOf(Orientation.Rotate90)),
                .. isTransparent ? [("tRNS", new byte[6])] : Array.Empty<(string, byte[])>(),
            ],
        }.Build();

        PictureInfo info = AssertAgrees(file);

        Assert.Equal((3, 7, Orientation.Rotate90), (info.Width, info.Height, info.Orientation));
        Assert.Equal((isTransparent, true), (info.HasAlpha, info.HasIccProfile));
    }

    [Fact]
    public void Identify_PngOrientationBehindThePixels_IsSeen()
    {
        byte[] file = new TestPng(7, 3, 8, 2) { Chunks = [("eXIf", ExifOf(Orientation.Transpose))] }.Build();
        int chunk = file.AsSpan().IndexOf("eXIf"u8) - 4, length = 12 + ExifOf(Orientation.Normal).Length;
        byte[] exif = file[chunk..(chunk + length)];
        byte[] moved = [.. file[..chunk], .. file[(chunk + length)..^12], .. exif, .. file[^12..]];

        Assert.Equal(Orientation.Transpose, AssertAgrees(moved).Orientation);
    }

    [Theory]
    [InlineData(Orientation.FlipVertical, 21, 13), InlineData(Orientation.Rotate270, 13, 21)]
    public void Identify_JpegWithOrientationAndProfile_TellsBoth(Orientation orientation, int width, int height)
    {
        using MemoryStream stream = new();
        PictureFile.Save(new Picture(21, 13) { IccProfile = Profile }, stream, ".jpg");
        byte[] file = stream.ToArray(), exif = [.. "Exif"u8, 0, 0, .. ExifOf(orientation)];
        byte[] turned = [.. file[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. file[2..]];

        PictureInfo info = AssertAgrees(turned);

        Assert.Equal(("JPEG", width, height), (info.Format, info.Width, info.Height));
        Assert.Equal((orientation, true), (info.Orientation, info.HasIccProfile));
    }

    [Theory]
    [InlineData("P6 2 3 255\nabcdefghijklmnopqr", 8), InlineData("P2 3 2 1000 1 2 3 4 5 6", 10)]
    [InlineData("P1 3 1\n101", 1), InlineData("P5 2 1 65535 abcd", 16)]
    public void Identify_Pnm_AgreesWithItsPicture(string file, int depth)
        => Assert.Equal(depth, AssertAgrees(Encoding.ASCII.GetBytes(file)).BitDepth);

    [Fact]
    public void Identify_PnmWithALongComment_ReadsOn()
    {
        PictureInfo info = AssertAgrees(
            Encoding.ASCII.GetBytes($"P5 12 #{new string('x', 1014)}\n 3 255 {new string('y', 36)}"));

        Assert.Equal((12, 3), (info.Width, info.Height));
    }

    [Theory]
    [InlineData(4, 2, null, false), InlineData(4, 2, 1, true), InlineData(5, 2, null, true)]
    public void Identify_Gif_TellsWhetherPixelsMayBeLeftOut(int width, int height, int? transparent, bool hasAlpha)
    {
        GifFrame frame = TestGif.Frame(0, 0, 4, "01230123", transparent);

        PictureInfo info = PictureFile.Identify(TestGif.Build(width, height, frame));

        Assert.Equal(("GIF", width, height, hasAlpha), (info.Format, info.Width, info.Height, info.HasAlpha));
    }

    public static TheoryData<string, byte[]> OneOfEach => new()
    {
        { "PNG", new TestPng(40, 30, 8, 3) { Chunks = [("PLTE", new byte[768]), ("tRNS", new byte[9])] }.Build() },
        { "JPEG", JpegFixtures.Valid(JpegFixtures.ValidNames.First()) },
        { "BMP", File.ReadAllBytes(Fixture.PathOf("images", "bmp", "palette8.bmp")) },
        { "PNM", Encoding.ASCII.GetBytes("P5 # a comment\n2 3 255 abcdef") },
        { "GIF", TestGif.Build(4, 2, TestGif.Frame(0, 0, 4, "01230123")) },
    };

    [Theory]
    [MemberData(nameof(OneOfEach))]
    public void Identify_EveryPrefix_IsRefusedOrRight(string format, byte[] file)
    {
        PictureInfo whole = PictureFile.Identify(file);
        Assert.Equal(format, whole.Format);
        int right = 0;
        for (int length = 0; length < file.Length; length++)
        {
            if (TryIdentify(file[..length]) is not PictureInfo info) continue;
            Assert.Equal(whole, info);
            right++;
        }

        Assert.True(right > 0, "Even the last byte is needed: more than the headers is read.");
    }

    [Theory]
    [MemberData(nameof(OneOfEach))]
    public void Identify_RandomlyChangedBytes_ThrowNothingElse(string format, byte[] file)
    {
        Random random = new(7);
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. file];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
                damaged[random.Next(Math.Min(damaged.Length, 200))] = (byte)random.Next(256);
            if (format == "PNG" && i % 2 == 0) TestPng.RepairChecksums(damaged);
            refused += TryIdentify(damaged) is null ? 1 : 0;
        }

        Assert.InRange(refused, 30, 2990);
    }

    [Fact]
    public void Identify_LargePng_ReadsTheHeadersOnly()
    {
        using CountedStream stream = new(new TestPng(301, 200, 16, 6).Build()) { Position = 0 };

        PictureInfo info = PictureFile.Identify(stream);

        Assert.Equal((301, 200), (info.Width, info.Height));
        Assert.InRange(stream.BytesRead, 1, 200);
        Assert.Equal(0, stream.Position);
    }

    [Fact]
    public void Identify_WithinAStream_BeginsWhereItStands()
    {
        byte[] file = new TestPng(5, 4, 8, 2).Build();
        using MemoryStream stream = new([1, 2, 3, .. file]) { Position = 3 };

        Assert.Equal(5, PictureFile.Identify(stream).Width);
        Assert.Equal(5, PictureFile.Load(stream).Width);
    }

    [Fact]
    public void Identify_DamagedFile_NamesIt()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("empty.png");
        File.WriteAllBytes(path, []);

        ImageFormatException error = Assert.Throws<ImageFormatException>(() => PictureFile.Identify(path));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Identify_AboveTheLimits_IsRefused()
    {
        byte[] file = new TestPng(20, 11, 8, 2).Build();

        Assert.Throws<ImageFormatException>(() => PictureFile.Identify(file, new DecodeLimits { MaxPixels = 219 }));
        Assert.Equal(20, PictureFile.Identify(file, new DecodeLimits { MaxPixels = 220 }).Width);
    }

    private static PictureInfo AssertAgrees(byte[] file)
    {
        PictureInfo info = PictureFile.Identify(file);
        Picture picture = PictureFile.Decode(file);
        Assert.Equal((picture.Width, picture.Height, picture.BitDepth), (info.Width, info.Height, info.BitDepth));
        Assert.Equal((picture.Alpha is not null, picture.IccProfile is not null), (info.HasAlpha, info.HasIccProfile));
        return info;
    }

    private static PictureInfo? TryIdentify(byte[] file)
    {
        try
        {
            return PictureFile.Identify(file);
        }
        catch (ImageFormatException)
        {
            return null;
        }
    }

    private sealed class CountedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int BytesRead { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            int count = base.Read(buffer);
            BytesRead += count;
            return count;
        }
    }
}
