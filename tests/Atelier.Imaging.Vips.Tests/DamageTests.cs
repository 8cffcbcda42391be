using Atelier.Testing;

namespace Atelier.Imaging.Vips.Tests;

public sealed class DamageTests : NativeLibrary
{
    private const ushort ColorFilters = 32803;

    [Theory]
    [InlineData("lossy.webp"), InlineData("alpha.webp"), InlineData("animation.webp"), InlineData("alpha.avif")]
    [InlineData("10-bits.avif"), InlineData("lzw.tif"), InlineData("pages.tif"), InlineData("tiles.tif")]
    [InlineData("group4.tif"), InlineData("cmyk.tif"), InlineData("float.tif"), InlineData("planes.tif")]
    public void Decode_DamagedFile_ThrowsNothingElse(string name)
        => Assert.InRange(Mutations.CountRefused(FileOf(name), 100, seed: 1), 1, 100);

    [Theory]
    [InlineData("lossy.webp"), InlineData("lossless.webp"), InlineData("lossless.avif"), InlineData("raw.tif")]
    [InlineData("group4.tif")]
    public void Decode_EveryPrefix_IsRefused(string name)
    {
        byte[] file = FileOf(name);

        // What stands behind the pixels may be missing: padding, and the last bytes of the last directory.
        Assert.All(Mutations.AcceptedPrefixes(file), length => Assert.InRange(length, file.Length - 8, file.Length));
    }

    [Fact]
    public void Decode_SizesBeyondTheLimit_AreRefusedByTheHeader()
    {
        foreach (string name in (string[])["lossy.webp", "lossless.avif", "lzw.tif"])
        {
            DecodeLimits limits = new() { MaxPixels = (19 * 11) - 1 };
            ImageFormatException error = Assert.Throws<ImageFormatException>(
                () => PictureFile.Decode(FileOf(name), limits));
            Assert.Contains("19 x 11 pixels exceed the limit of 208", error.Message, StringComparison.Ordinal);
            Assert.Throws<ImageFormatException>(() => PictureFile.Identify(FileOf(name), limits));
        }
    }

    [Theory]
    [InlineData("lossless.webp"), InlineData("alpha.avif"), InlineData("strips.tif")]
    public void Decode_LargeSizeInASmallFile_IsRefusedWithoutThePixels(string name)
    {
        byte[] file = Enlarge(FileOf(name));

        ImageFormatException error = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file));

        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Decode_CameraRaw_IsNamedAndNotItsPreviewShown()
    {
        ImageFormatException error = Assert.Throws<ImageFormatException>(
            () => PictureFile.Decode(FileOf("camera-raw.tif")));

        Assert.Contains("camera raw", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_PictureOfASensor_IsNamed()
    {
        byte[] file = FileOf("raw.tif");
        TiffFile.SetColors(file, page: 1, ColorFilters);

        ImageFormatException error = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file));

        Assert.Contains("camera raw", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("raw.tif", 1, 6, "YCbCr can be read with JPEG compression only")]
    [InlineData("pages.tif", 2, 6, "YCbCr can be read with JPEG compression only")]
    [InlineData("pages.tif", 2, 9, "Lab can be read with 16 bits per sample only")]
    public void Decode_ColorsThatWouldBeTakenForRgb_AreRefused(string name, int page, ushort colors, string message)
    {
        byte[] file = FileOf(name);
        TiffFile.SetColors(file, page, colors);

        ImageFormatException error = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file, page: page));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        if (page > 1) Assert.Equal(19, PictureFile.Decode(file).Width);
    }

    [Fact]
    public void Decode_SamplesOf64Bits_SaysWhichCanBeRead()
    {
        const int Width = 3, Height = 2, Bytes = Width * Height * sizeof(double);
        (ushort Tag, ushort Value)[] values =
        [
            (256, Width), (257, Height), (258, 64), (259, 1), (262, 1), (273, 8), (277, 1), (278, Height), (279, Bytes),
            (339, 3),
        ];
        byte[] file =
        [
            .. "II*\0"u8, 8 + Bytes, 0, 0, 0, .. new byte[Bytes], (byte)values.Length, 0,
            .. values.SelectMany(each => Entry(each.Tag, 3, 1, each.Value)), 0, 0, 0, 0,
        ];

        ImageFormatException error = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file));

        Assert.Contains("save the picture with 8, 16 or 32 bits", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DirectoriesThatContainThemselves_Ends()
    {
        const ushort Author = 315, Exif = 34665, Copies = 4000;
        IEnumerable<byte> copies = Enumerable.Repeat(Entry(Exif, 4, 1, 8), Copies).SelectMany(entry => entry);
        byte[] file =
        [
            .. "II*\0"u8, 8, 0, 0, 0, .. BitConverter.GetBytes((ushort)(Copies + 1)), .. Entry(Author, 2, 2, 'A'),
            .. copies, 0, 0, 0, 0,
        ];

        IReadOnlyList<TiffField> fields = TiffFields.Read(file);

        Assert.Equal((Author, 2), (fields[0].Tag, fields[0].Value.Length));
        Assert.InRange(TiffFields.ToExif(fields)!.Length, 20, 200);
    }

    [Fact]
    public void Decode_AfterAProfileWithoutTheIntent_GivesItsOwnReasonOnly()
    {
        byte[] damaged = FileOf("lossless.webp")[..40];
        PictureFile.Decode(File.ReadAllBytes(Fixture.PathOf("images", "color", "print.tif")));

        ImageFormatException error = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(damaged));

        Assert.DoesNotContain("profiles", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pngload_buffer"), InlineData("jpegload_buffer"), InlineData("svgload_buffer")]
    [InlineData("gifload_buffer"), InlineData("vipsload"), InlineData("csvload")]
    public void Loaders_OfOtherFormats_AreBlocked(string loader)
    {
        NetVips.VipsException error = Assert.Throws<NetVips.VipsException>(
            () => NetVips.Operation.Call(loader, loader.EndsWith("buffer") ? new byte[9] : "/dev/null"));

        Assert.Contains("blocked", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Entry(ushort tag, ushort type, int count, int value)
        => [.. BitConverter.GetBytes(tag), .. BitConverter.GetBytes(type), .. BitConverter.GetBytes(count),
            .. BitConverter.GetBytes(value)];

    /// <summary>Makes a file claim 16000 x 16000 pixels.</summary>
    private static byte[] Enlarge(byte[] file)
    {
        const int Side = 16000;
        byte[] large = [.. file];
        int at;
        if (large[0] == 'R')
        {
            // VP8L: 14 bits of the width less one, then those of the height.
            uint bits = BitConverter.ToUInt32(large, 21);
            BitConverter.TryWriteBytes(large.AsSpan(21), (bits & 0xF0000000) | (Side - 1) | ((Side - 1) << 14));
        }
        else if (large[0] == 'I')
        {
            // The directory has the width and the height first.
            at = BitConverter.ToInt32(large, 4) + 2;
            BitConverter.TryWriteBytes(large.AsSpan(at + 8), (ushort)Side);
            BitConverter.TryWriteBytes(large.AsSpan(at + 20), (ushort)Side);
        }
        else
        {
            while ((at = large.AsSpan().IndexOf("ispe"u8)) >= 0)
            {
                byte[] side = [0, 0, Side >> 8, Side & 255];
                ((byte[])[.. side, .. side]).CopyTo(large, at + 8);
                large[at] = (byte)'I';
            }

            at = 0;
            while ((at = large.AsSpan().IndexOf("Ispe"u8)) >= 0) large[at] = (byte)'i';
        }

        return large;
    }
}
