using Atelier.Testing;

namespace Atelier.Imaging.Tests.Codecs.Qoi;

public sealed class QoiTests
{
    /// <summary>Every kind of piece: four samples, a run, a luma step, a small step, an index, three samples.</summary>
    private static readonly byte[] Pieces =
    [
        .. "qoif"u8, 0, 0, 0, 4, 0, 0, 0, 2, 4, 0,
        0xFF, 10, 20, 30, 128,      // 10 20 30 128
        0xC1,                       // twice more
        0x80 | (32 + 10), 0x97,     // green + 10, red + 11, blue + 9: 21 30 39
        0x40 | (1 << 4) | (2 << 2) | 3, // red - 1, green + 0, blue + 1: 20 30 40
        ((10 * 3) + (20 * 5) + (30 * 7) + (128 * 11)) % 64, // 10 20 30 again
        0xFE, 1, 2, 3,              // 1 2 3
        0x40,                       // 255 0 1: red and green and blue - 2, around the end
        0, 0, 0, 0, 0, 0, 0, 1,
    ];

    [Fact]
    public void Decode_EveryKindOfPiece_IsFollowed()
    {
        Picture picture = PictureFile.Decode(Pieces);

        Assert.Equal([10, 10, 10, 21, 20, 10, 1, 255], Levels(picture.Red));
        Assert.Equal([20, 20, 20, 30, 30, 20, 2, 0], Levels(picture.Green));
        Assert.Equal([30, 30, 30, 39, 40, 30, 3, 1], Levels(picture.Blue));
        Assert.All(picture.Alpha!, alpha => Assert.Equal(128 / 255f, alpha));
        Assert.Equal(("QOI", 4, 2, true), (
            PictureFile.Identify(Pieces).Format, picture.Width, picture.Height, PictureFile.Identify(Pieces).HasAlpha));
    }

    [Theory]
    [InlineData(false, 1), InlineData(true, 1), InlineData(false, 40), InlineData(true, 40)]
    public void Encode_ThenDecode_GivesTheSame(bool hasAlpha, int smoothness)
    {
        Random random = new(7);
        Picture picture = new(67, 23, hasAlpha);
        foreach (float[] plane in picture.Planes)
        {
            for (int i = 0; i < plane.Length; i++)
                plane[i] = (i / smoothness % 9 == 0 ? random.Next(256) : i / smoothness % 256) / 255f;
        }

        using MemoryStream stream = new();
        PictureFile.Save(picture, stream, ".qoi");
        Picture decoded = PictureFile.Decode(stream.ToArray());

        Assert.Equal(picture.Red, decoded.Red);
        Assert.Equal(picture.Green, decoded.Green);
        Assert.Equal(picture.Blue, decoded.Blue);
        Assert.Equal(picture.Alpha, decoded.Alpha);
    }

    [Fact]
    public void Encode_OneColor_WritesRuns()
    {
        using MemoryStream stream = new();
        PictureFile.Save(new Picture(100, 10), stream, ".qoi");

        // 1000 pixels that all equal the one before the first: 16 runs of 62 and one of 8.
        Assert.Equal(14 + 17 + 8, stream.Length);
        Assert.All(PictureFile.Decode(stream.ToArray()).Red, red => Assert.Equal(0f, red));
    }

    [Fact]
    public void Decode_Damage_IsRefusedOrRead()
    {
        Assert.All(
            Mutations.AcceptedPrefixes(Pieces), length => Assert.InRange(length, Pieces.Length - 8, Pieces.Length));
        Assert.InRange(Mutations.CountRefused(Pieces, 500, seed: 3), 1, 499);
    }

    [Theory]
    [InlineData(4, 0x10, "exceed the limit"), InlineData(6, 0xFF, "cut off"), InlineData(12, 5, "5 channels")]
    [InlineData(4, 0xFF, "not a valid picture size")]
    public void Decode_BadHeader_SaysWhat(int offset, byte value, string expected)
    {
        byte[] file = [.. Pieces];
        file[offset] = value;

        ImageFormatException error = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static int[] Levels(float[] plane) => [.. plane.Select(sample => (int)MathF.Round(sample * 255f))];
}
