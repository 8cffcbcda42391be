using System.Collections.Immutable;
using Atelier.Testing;

namespace Atelier.Imaging.Vips.Tests;

public sealed class EncodingTests : NativeLibrary
{
    [Theory]
    [InlineData(8, false), InlineData(8, true), InlineData(16, false), InlineData(16, true)]
    public void Tiff_Written_ComesBackExactly(int bits, bool hasAlpha)
    {
        Picture picture = Draw(bits, hasAlpha);

        Picture read = RoundTrip(picture, ".tif");

        Assert.Equal(bits, read.BitDepth);
        AssertSame(picture, read);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Webp_WrittenWithoutLoss_ComesBackExactlyEvenUnderTransparency(bool hasAlpha)
    {
        Picture picture = Draw(8, hasAlpha);

        AssertSame(picture, RoundTrip(picture, ".webp", new EncodeOptions { Lossless = true }));
    }

    [Fact]
    public void Webp_OfHigherQuality_IsCloserAndLarger()
    {
        Picture picture = PictureFile.Load(Testing.Repository.PathOf("examples", "photos", "still-life.png"));
        picture = Resampler.Resize(picture, 120);
        int[] qualities = [10, 60, 95];

        byte[][] files = [.. qualities.Select(
            quality => Write(picture, ".webp", new EncodeOptions { Quality = quality }))];
        float[] differences = [.. files.Select(file => Differences(PictureFile.Decode(file), picture).Average())];

        Assert.True(files[0].Length < files[1].Length && files[1].Length < files[2].Length);
        Assert.True(differences[0] > differences[1] && differences[1] > differences[2], string.Join(' ', differences));
        Assert.InRange(differences[2], 0f, 6f);
    }

    [Theory]
    [InlineData(".webp"), InlineData(".tiff")]
    public void Profile_IsWritten(string extension)
    {
        ReadOnlyMemory<byte> profile = PictureFile.Decode(FileOf("profile.tif")).IccProfile!.Value;
        Picture picture = new(5, 3) { IccProfile = profile };

        Assert.Equal(profile.ToArray(), RoundTrip(picture, extension).IccProfile!.Value.ToArray());
        Assert.Null(RoundTrip(new Picture(5, 3), extension).IccProfile);
    }

    [Fact]
    public void Webp_Metadata_IsWrittenAndReadAsInAJpeg()
    {
        Picture picture = new Picture(9, 5).WithMetadata(TestMetadata.Full);

        PictureMetadata read = RoundTrip(picture, ".webp").Metadata, expected = RoundTrip(picture, ".jpg").Metadata;

        Assert.Equal(expected.Xmp!.Value.ToArray(), read.Xmp!.Value.ToArray());
        Assert.Equal(new PictureResolution(300, 300), read.Resolution);
        Assert.True(read.Exif!.Value.Span.IndexOf("Camera"u8) > 0 == expected.Exif!.Value.Span.IndexOf("Camera"u8) > 0);
        Assert.Equal(-1, read.Exif.Value.Span.IndexOf(TestMetadata.Thumbnail));
    }

    [Fact]
    public void Tiff_Metadata_KeepsIptcXmpAndResolution()
    {
        Picture picture = new Picture(9, 5).WithMetadata(TestMetadata.Full);

        PictureMetadata read = RoundTrip(picture, ".tif").Metadata, expected = RoundTrip(picture, ".jpg").Metadata;

        Assert.Equal(expected.Xmp!.Value.ToArray(), read.Xmp!.Value.ToArray());
        Assert.Equal(TestMetadata.Iptc, read.Iptc!.Value.ToArray());
        Assert.Equal(300, read.Resolution!.Value.X, 0.01);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Tiff_Exif_HasTheCameraAndSizeAndThePositionOnlyIfKept(bool keepsLocation)
    {
        const ushort Maker = 271, Details = 34665, Position = 34853, Width = 40962;
        Picture picture = new Picture(9, 5).WithMetadata(TestMetadata.Full);

        byte[] exif = RoundTrip(picture, ".tif", new EncodeOptions { KeepLocation = keepsLocation })
            .Metadata.Exif!.Value.ToArray();

        TiffField[] fields = [.. TiffFields.Read(exif)];
        Assert.Equal("Camera\0\0"u8.ToArray(), fields.Single(field => field.Tag == Maker).Value);
        TiffField width = fields.Single(field => field.Tag == Details).Directory!.Single(field => field.Tag == Width);
        Assert.Equal(9, BitConverter.ToInt32(width.Value));
        Assert.Equal(keepsLocation, fields.Any(field => field.Tag == Position));
        Assert.Equal(-1, exif.AsSpan().IndexOf(TestMetadata.Thumbnail));
    }

    [Fact]
    public void Tiff_ExifOfTheOtherByteOrder_HasTheSameValues()
    {
        byte[] exif =
        [
            .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 2, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0x82, 0x98, 0, 2, 0, 0, 0, 3,
            (byte)'A', (byte)'n', 0, 0, 0, 0, 0, 0, 0, 1, 0x82, 0x9A, 0, 5, 0, 0, 0, 1, 0, 0, 0, 56, 0, 0, 0, 0,
            0, 0, 0, 1, 0, 0, 0, 250,
        ];
        Picture picture = new Picture(9, 5).WithMetadata(new PictureMetadata { Exif = exif });

        IReadOnlyList<TiffField> read = TiffFields.Read(RoundTrip(picture, ".tif").Metadata.Exif!.Value.Span);

        Assert.Equal("An\0"u8.ToArray(), read.Single(field => field.Tag == 0x8298).Value);
        byte[] exposure = Assert.Single(read.Single(field => field.Tag == 0x8769).Directory!).Value;
        Assert.Equal((1, 250), (BitConverter.ToInt32(exposure), BitConverter.ToInt32(exposure, 4)));
    }

    [Theory]
    [InlineData(".webp"), InlineData(".tif")]
    public void Text_IsWrittenAndReadBesideXmp(string extension)
    {
        ImmutableDictionary<string, string> texts = ImmutableDictionary<string, string>.Empty
            .Add("atelier:recipe", "{ \"a\": \"<&>\" }").Add("Title 2", "Nachtcafé 夜 𝒜\r\n");
        Picture plain = new(9, 5) { Text = texts.Add("Bell", "\a") };
        Picture full = plain.WithMetadata(TestMetadata.Full);

        Picture read = RoundTrip(plain, extension), readFull = RoundTrip(full, extension);

        Assert.Equal(texts.OrderBy(pair => pair.Key), read.Text.OrderBy(pair => pair.Key));
        Assert.Null(read.Metadata.Xmp);
        Assert.Equal(texts.OrderBy(pair => pair.Key), readFull.Text.OrderBy(pair => pair.Key));
        Assert.True(readFull.Metadata.Xmp!.Value.Span.IndexOf("Zoë am See"u8) > 0);
        Assert.Equal(-1, readFull.Metadata.Xmp.Value.Span.IndexOf("recipe"u8));
        Assert.Empty(RoundTrip(full, extension, new EncodeOptions { StripMetadata = true }).Text);
    }

    [Theory]
    [InlineData(".webp"), InlineData(".tiff")]
    public void Metadata_Stripped_IsNotWritten(string extension)
    {
        Picture picture = new Picture(9, 5).WithMetadata(TestMetadata.Full);

        PictureMetadata read = RoundTrip(picture, extension, new EncodeOptions { StripMetadata = true }).Metadata;

        Assert.Null(read.Exif);
        Assert.Null(read.Xmp);
    }

    [Fact]
    public void Tiff_AtAnotherDepth_IsRounded()
    {
        Picture read = RoundTrip(Draw(16, hasAlpha: false), ".tif", new EncodeOptions { BitDepth = 8 });

        Assert.Equal(8, read.BitDepth);
        Assert.Throws<ArgumentException>(() => Write(read, ".tif", new EncodeOptions { BitDepth = 12 }));
    }

    [Fact]
    public void Webp_TooLongForTheFormat_IsRefused()
    {
        AtelierException error = Assert.Throws<AtelierException>(() => Write(new Picture(16384, 1), ".webp"));

        Assert.Contains("16383", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Write(new Picture(1, 1), ".webp", new EncodeOptions { Quality = 0 }));
    }

    [Fact]
    public void Extensions_OfTheFormats_CanBeWritten()
    {
        Assert.Subset(ImageFormats.WritableExtensions.ToHashSet(), new HashSet<string> { ".webp", ".tif", ".tiff" });
        Assert.Contains(".avif", ImageFormats.ReadableExtensions);
        Assert.Null(ImageFormats.FindWritable(".avif"));
        Assert.True(ImageFormats.FindWritable(".WebP")!.Writes!.Value.HasFlag(EncodeFeatures.Lossless));
    }

    private static Picture Draw(int bits, bool hasAlpha)
    {
        float highest = (1 << bits) - 1;
        Picture picture = new(23, 7, hasAlpha) { BitDepth = bits };
        for (int i = 0; i < picture.Red.Length; i++)
        {
            picture.Red[i] = (i * 97 % (1 << bits)) / highest;
            picture.Green[i] = (i * 311 % (1 << bits)) / highest;
            picture.Blue[i] = (i * 7919 % (1 << bits)) / highest;
            if (picture.Alpha is float[] alpha) alpha[i] = (i % 3 == 0 ? 0 : i * 53 % (1 << bits)) / highest;
        }

        return picture;
    }

    private static byte[] Write(Picture picture, string extension, EncodeOptions? options = null)
    {
        using MemoryStream stream = new();
        PictureFile.Save(picture, stream, extension, options);
        return stream.ToArray();
    }

    private static Picture RoundTrip(Picture picture, string extension, EncodeOptions? options = null)
        => PictureFile.Decode(Write(picture, extension, options));

    private static void AssertSame(Picture expected, Picture actual)
    {
        Assert.Equal(expected.Red, actual.Red);
        Assert.Equal(expected.Green, actual.Green);
        Assert.Equal(expected.Blue, actual.Blue);
        Assert.Equal(expected.Alpha, actual.Alpha);
    }
}
