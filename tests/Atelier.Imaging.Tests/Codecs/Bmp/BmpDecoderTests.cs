using Atelier.Testing;

namespace Atelier.Imaging.Tests.Codecs.Bmp;

public sealed class BmpDecoderTests
{
    private static readonly byte[] FourColors = [1, 2, 3, 0, 40, 50, 60, 0, 70, 80, 90, 0, 255, 254, 253, 0];

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Decode_TrueColor_GivesRowsFromTheTop(bool isTopDown)
    {
        // Three pixels of blue, green, red and three bytes of padding per row.
        byte[] lower = [10, 20, 30, 11, 21, 31, 12, 22, 32, 0, 0, 0], upper = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0];
        byte[] pixels = isTopDown ? [.. upper, .. lower] : [.. lower, .. upper];

        Picture picture = PictureFile.Decode(Bitmap(3, isTopDown ? -2 : 2, 24, 0, [], pixels));

        AssertBytes([3, 6, 9, 30, 31, 32], picture.Red);
        AssertBytes([2, 5, 8, 20, 21, 22], picture.Green);
        AssertBytes([1, 4, 7, 10, 11, 12], picture.Blue);
        Assert.Null(picture.Alpha);
    }

    [Theory]
    [InlineData(1, 0b0110_0000, 0, new byte[] { 3, 60, 60 }), InlineData(4, 0x12, 0x30, new byte[] { 60, 90, 253 })]
    [InlineData(8, 3, 2, new byte[] { 253, 90, 3 })]
    public void Decode_Palette_GivesItsColors(int bits, byte first, byte second, byte[] red)
    {
        Picture picture = PictureFile.Decode(Bitmap(3, 1, bits, 0, FourColors, [first, second, 0, 0], colors: 4));

        AssertBytes(red, picture.Red);
        Assert.Empty(picture.Warnings);
    }

    [Fact]
    public void Decode_OldHeader_HasPaletteOfThreeBytes()
    {
        byte[] palette = [.. Enumerable.Range(0, 48).Select(i => (byte)i)];
        byte[] fileHeader = [.. "BM"u8, .. Little(0), .. Little(0), .. Little(26 + 48)];
        byte[] header = [.. Little(12), 3, 0, 1, 0, 1, 0, 4, 0];
        byte[] file = [.. fileHeader, .. header, .. palette, 0x0F, 0x70, 0, 0];

        AssertBytes([2, 47, 23], PictureFile.Decode(file).Red);
    }

    [Fact]
    public void Decode_SixteenBitsWithoutMasks_HasFiveBitsPerChannel()
    {
        ushort pixel = (31 << 10) | (7 << 5) | 16;

        Picture picture = PictureFile.Decode(Bitmap(1, 1, 16, 0, [], [(byte)pixel, (byte)(pixel >> 8), 0, 0]));

        Assert.Equal((1f, 7 / 31f, 16 / 31f, 5), (picture.Red[0], picture.Green[0], picture.Blue[0], picture.BitDepth));
    }

    [Fact]
    public void Decode_Masks_SayWhereChannelsAre()
    {
        // Red in 11 bits, green in 10, blue in 10.
        byte[] masks = [.. Little(0x7FF), .. Little(0x3FF << 11), .. Little(0x3FF << 21)];
        uint pixel = 1000 | (500u << 11) | (1023u << 21);

        Picture picture = PictureFile.Decode(Bitmap(1, 1, 32, 3, masks, Little((int)pixel)));

        Assert.Equal([[1000 / 2047f], [500 / 1023f], [1f]], picture.Planes);
        Assert.Equal(11, picture.BitDepth);
    }

    [Fact]
    public void Decode_AlphaMask_GivesOpacity()
    {
        byte[] masks = [.. Little(0xFF0000), .. Little(0xFF00), .. Little(0xFF), .. Little(unchecked((int)0xFF000000))];

        Picture picture = PictureFile.Decode(Bitmap(2, 1, 32, 6, masks, [1, 2, 3, 4, 5, 6, 7, 255]));

        AssertBytes([4, 255], picture.Alpha!);
        AssertBytes([3, 7], picture.Red);
    }

    [Fact]
    public void Decode_Rle8_UnderstandsRunsCopiesAndJumps()
    {
        // Bottom row: two of color 1, then colors 2, 3, 0; jump one right and one up, then color 3 to the end.
        byte[] runs = [2, 1, 0, 3, 2, 3, 0, 0, 0, 0, 0, 2, 1, 1, 1, 3, 0, 1];

        Picture picture = PictureFile.Decode(Bitmap(5, 3, 8, 1, FourColors, runs, colors: 4));

        AssertBytes([3, 253, 3, 3, 3, 3, 3, 3, 3, 3, 60, 60, 90, 253, 3], picture.Red);
    }

    [Fact]
    public void Decode_Rle4_UnderstandsRunsAndCopies()
    {
        byte[] runs = [3, 0x12, 0, 3, 0x31, 0x20, 0, 1];

        Picture picture = PictureFile.Decode(Bitmap(6, 1, 4, 2, FourColors, runs, colors: 4));

        AssertBytes([60, 90, 60, 253, 60, 90], picture.Red);
    }

    [Fact]
    public void Decode_HollowFiles_AreRefusedBeforeAllocation()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertRefused(Bitmap(60_000, 60_000, 24, 0, [], [0]), "exceed the limit");
        AssertRefused(Bitmap(19_000, int.MinValue, 24, 0, [], [0]), "BMP");
        AssertRefused(Bitmap(19_000, 19_000, 24, 0, [], [0]), "cannot hold");
        AssertRefused(Bitmap(19_000, 19_000, 8, 1, FourColors, [0, 1], colors: 4), "cannot hold");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Decode_UnsupportedKinds_AreRefused()
    {
        AssertRefused(Bitmap(1, 1, 24, 4, [], [0, 0, 0, 0]), "not supported");
        AssertRefused(Bitmap(1, 1, 3, 0, [], [0, 0, 0, 0]), "not supported");
        AssertRefused(Bitmap(1, 1, 8, 2, [], [0, 0, 0, 0]), "not supported");
    }

    [Fact]
    public void Decode_EveryPrefix_IsRefused()
    {
        byte[] trueColor = Bitmap(4, 2, 24, 0, [], new byte[24]);
        byte[] runs = Bitmap(5, 2, 8, 1, FourColors, [5, 1, 0, 0, 5, 2, 0, 1], colors: 4);

        Assert.Empty(Mutations.AcceptedPrefixes(trueColor));
        Assert.Empty(Mutations.AcceptedPrefixes(runs));
    }

    [Fact]
    public void Decode_RandomlyChangedBytes_ThrowNothingElse()
    {
        byte[] plain = Bitmap(5, 3, 8, 0, FourColors, new byte[24], colors: 4);
        byte[] runs = Bitmap(5, 3, 8, 1, FourColors, [2, 1, 0, 3, 2, 3, 0, 0, 0, 0, 0, 2, 1, 1, 1, 3, 0, 1], colors: 4);

        Assert.InRange(Mutations.CountRefused(plain, count: 2000, seed: 4), 200, 1999);
        Assert.InRange(Mutations.CountRefused(runs, count: 2000, seed: 5), 200, 1999);
    }

    /// <summary>A file with the usual header of 40 bytes; masks count as palette.</summary>
    private static byte[] Bitmap(
        int width, int height, int bits, int compression, byte[] palette, byte[] pixels, int colors = 0) =>
    [
        .. "BM"u8, .. Little(54 + palette.Length + pixels.Length), .. Little(0), .. Little(54 + palette.Length),
        .. Little(40), .. Little(width), .. Little(height), 1, 0, (byte)bits, 0, .. Little(compression), .. Little(0),
        .. Little(2835), .. Little(2835), .. Little(colors), .. Little(0), .. palette, .. pixels,
    ];

    private static byte[] Little(int number) => BitConverter.GetBytes(number);

    private static void AssertBytes(byte[] expected, float[] plane)
        => Assert.Equal(Array.ConvertAll(expected, value => value / 255f), plane);

    private static void AssertRefused(byte[] file, string reason)
    {
        ImageFormatException error = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
