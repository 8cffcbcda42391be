using Atelier.Testing;

namespace Atelier.Imaging.Tests.Codecs.Tga;

public sealed class TgaTests
{
    private const int Color = 2, Gray = 3, Palette = 1, Compressed = 8, RightToLeft = 0x10, TopDown = 0x20;

    [Theory]
    [InlineData(0, new[] { 4, 5, 6, 1, 2, 3 })]
    [InlineData(TopDown, new[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(RightToLeft, new[] { 6, 5, 4, 3, 2, 1 })]
    [InlineData(TopDown | RightToLeft, new[] { 3, 2, 1, 6, 5, 4 })]
    public void Decode_EveryOrigin_IsUpright(int flags, int[] expected)
        => Assert.Equal(expected, Levels(PictureFile.Decode(Build(Gray, 8, flags, [1, 2, 3, 4, 5, 6])).Green));

    [Fact]
    public void Decode_24Bits_AreBlueGreenRed()
    {
        byte[] pixels = [.. Enumerable.Range(1, 18).Select(i => (byte)i)];
        Picture picture = PictureFile.Decode(Build(Color, 24, TopDown, pixels));

        Assert.Equal([3, 6, 9, 12, 15, 18], Levels(picture.Red));
        Assert.Equal([1, 4, 7, 10, 13, 16], Levels(picture.Blue));
        Assert.Null(picture.Alpha);
    }

    [Fact]
    public void Decode_32Bits_HaveAlphaUnlessItIsEmpty()
    {
        byte[] pixels = [.. Enumerable.Range(1, 24).Select(i => (byte)i)];
        byte[] empty = [.. pixels.Select((value, i) => i % 4 == 3 ? (byte)0 : value)];

        Assert.Equal([4, 8, 12, 16, 20, 24], Levels(PictureFile.Decode(Build(Color, 32, TopDown, pixels)).Alpha!));
        Assert.All(PictureFile.Decode(Build(Color, 32, TopDown, empty)).Alpha!, alpha => Assert.Equal(1f, alpha));
        Assert.All(PictureFile.Decode(Build(Color, 32, TopDown | 8, empty)).Alpha!, alpha => Assert.Equal(0f, alpha));
    }

    [Theory]
    [InlineData(15, 0, false), InlineData(16, 0, false), InlineData(16, 1, true)]
    public void Decode_PackedColors_AreScaledToFiveBits(int bits, int alphaBits, bool hasAlpha)
    {
        // 1 00001 00010 00100 and 0 11111 00000 01000
        byte[] pixels = [0x44, 0x84, 0x08, 0x7C, 0, 0, 0, 0, 0, 0, 0, 0];
        Picture picture = PictureFile.Decode(Build(Color, bits, TopDown | alphaBits, pixels));

        Assert.Equal([1 / 31f, 1f], picture.Red[..2]);
        Assert.Equal([2 / 31f, 0f], picture.Green[..2]);
        Assert.Equal([4 / 31f, 8 / 31f], picture.Blue[..2]);
        Assert.Equal(hasAlpha, picture.Alpha is not null);
        if (picture.Alpha is float[] alpha) Assert.Equal([1f, 0f], alpha[..2]);
    }

    [Fact]
    public void Decode_Palette_CountsFromItsFirstColor()
    {
        // Colors 5 and 6.
        byte[] palette = [10, 20, 30, 40, 50, 60];
        Picture picture = PictureFile.Decode(Build(Palette, 8, TopDown, [5, 6, 5, 6, 6, 5], palette, first: 5));

        Assert.Equal([30, 60, 30, 60, 60, 30], Levels(picture.Red));
        Assert.Throws<ImageFormatException>(
            () => PictureFile.Decode(Build(Palette, 8, TopDown, [5, 6, 7, 6, 6, 5], palette, first: 5)));
    }

    [Fact]
    public void Decode_Runs_CrossRows()
    {
        Picture picture = PictureFile.Decode(Build(Gray | Compressed, 8, TopDown, [0x83, 7, 0x01, 8, 9]));

        Assert.Equal([7, 7, 7, 7, 8, 9], Levels(picture.Red));
    }

    [Fact]
    public void Decode_GrayWithAlpha_HasBoth()
    {
        Picture picture = PictureFile.Decode(Build(Gray, 16, TopDown, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));

        Assert.Equal([1, 3, 5, 7, 9, 11], Levels(picture.Blue));
        Assert.Equal([2, 4, 6, 8, 10, 12], Levels(picture.Alpha!));
    }

    [Fact]
    public void Identify_AgreesWithThePicture()
    {
        PictureInfo info = PictureFile.Identify(Build(Color, 32, 0, new byte[24]));

        Assert.Equal(("TGA", 3, 2, true), (info.Format, info.Width, info.Height, info.HasAlpha));
    }

    [Fact]
    public void Decode_Damage_IsRefusedOrRead()
    {
        byte[] file = Build(Gray | Compressed, 8, TopDown, [0x83, 7, 0x01, 8, 9]);

        Assert.Empty(Mutations.AcceptedPrefixes(file));
        Assert.InRange(Mutations.CountRefused(file, 500, seed: 2), 1, 499);
    }

    [Fact]
    public void Recognition_NeedsAHeaderThatCanBe()
    {
        byte[] text = [.. "Once upon a time there was a picture without any signature."u8];

        Assert.Contains("not a picture format", Assert.Throws<ImageFormatException>(
            () => PictureFile.Decode(text)).Message, StringComparison.Ordinal);
        Assert.Throws<ImageFormatException>(() => PictureFile.Decode(Build(Color, 24, 0, [1, 2, 3])));
        Assert.Throws<ImageFormatException>(() => PictureFile.Decode(Build(Color, 17, 0, new byte[18])));
    }

    /// <summary>Builds a file of 3 x 2 pixels with an identification of two bytes.</summary>
    private static byte[] Build(
        int kind, int bits, int flags, byte[] pixels, byte[]? palette = null, int first = 0)
        =>
        [
            2, (byte)(palette is null ? 0 : 1), (byte)kind, (byte)first, 0, (byte)((palette?.Length ?? 0) / 3), 0,
            (byte)(palette is null ? 0 : 24), 0, 0, 0, 0, 3, 0, 2, 0, (byte)bits, (byte)flags, (byte)'i', (byte)'d',
            .. palette ?? [], .. pixels,
        ];

    private static int[] Levels(float[] plane) => [.. plane.Select(sample => (int)MathF.Round(sample * 255f))];
}
