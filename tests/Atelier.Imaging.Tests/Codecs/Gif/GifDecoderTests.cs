using Atelier.Imaging.Codecs.Gif;
using Atelier.Testing;

namespace Atelier.Imaging.Tests.Codecs.Gif;

public sealed class GifDecoderTests
{
    [Theory]
    [InlineData(1, 1, 2), InlineData(7, 5, 2), InlineData(33, 21, 16), InlineData(301, 203, 256)]
    [InlineData(256, 256, 3)]
    public void Read_WrittenPixels_AreTheSame(int width, int height, int colors)
    {
        Random random = new(width);
        byte[] palette = new byte[3 * colors], indices = new byte[width * height];
        random.NextBytes(palette);
        // Noise fills the table of codes over and over; runs make long strings.
        for (int i = 0; i < indices.Length; i++)
            indices[i] = i % 7 < 3 && i > 0 ? indices[i - 1] : (byte)random.Next(colors);
        GifFrame frame = new(0, 0, width, height, palette, indices, null, GifDisposal.None, 12);

        using MemoryStream file = new(TestGif.Build(width, height, frame));
        GifReader reader = new(file, DecodeLimits.Default);
        GifFrame read = reader.Read()!;

        Assert.Equal(indices, read.Indices);
        Assert.Equal(palette, read.Palette[..palette.Length]);
        Assert.Equal(12, read.Delay);
        Assert.Equal(3, reader.Loops);
        Assert.Null(reader.Read());
        Assert.Null(reader.Damage);
    }

    [Fact]
    public void Read_RowsInFourPasses_AreBroughtIntoOrder()
    {
        int[] stored = [0, 8, 4, 2, 6, 10, 1, 3, 5, 7, 9];
        byte[] indices = [.. stored.SelectMany(row => (byte[])[(byte)(row % 4), (byte)(row / 4)])];
        byte[] file = TestGif.Build(2, 11, new GifFrame(0, 0, 2, 11, TestGif.Palette, indices, null, 0, 5));
        // The field after position and size of the only frame.
        int fields = file.AsSpan().IndexOf((byte[])[0x2C, 0, 0, 0, 0]);
        file[fields + 9] |= 0x40;

        using MemoryStream stream = new(file);
        GifFrame frame = new GifReader(stream, DecodeLimits.Default).Read()!;

        Assert.Equal(
            Enumerable.Range(0, 11).SelectMany(row => (byte[])[(byte)(row % 4), (byte)(row / 4)]), frame.Indices);
    }

    [Fact]
    public void Draw_EveryDisposal_LeavesWhatItShould()
    {
        GifCanvas canvas = new(3, 2);
        string Draw(GifFrame frame)
        {
            canvas.Draw(frame);
            Picture picture = canvas.ToPicture();
            return string.Concat(Enumerable.Range(0, 6).Select(i => picture.Alpha?[i] == 0 ? '.'
                : (picture.Red[i], picture.Green[i], picture.Blue[i]) switch
                {
                    (1, 0, 0) => '0',
                    (0, 1, 0) => '1',
                    (0, 0, 1) => '2',
                    _ => '3',
                }));
        }

        Assert.Equal("000000", Draw(TestGif.Frame(0, 0, 3, "000000")));
        Assert.Equal("010030", Draw(TestGif.Frame(1, 0, 1, "13")));
        Assert.Equal("210032", Draw(TestGif.Frame(0, 0, 3, "211132", transparent: 1, disposal: GifDisposal.Restore)
            with
        { Indices = [2, 0, 0, 0, 0, 2], Transparent = 0 }));
        Assert.Equal("010011", Draw(TestGif.Frame(1, 1, 2, "11", disposal: GifDisposal.Clear)));
        Assert.Equal("0103..", Draw(TestGif.Frame(0, 1, 1, "3")));
        Assert.Equal("0103.2", Draw(TestGif.Frame(2, 1, 2, "23")));
    }

    [Fact]
    public void Decode_Animation_GivesItsFirstFrame()
    {
        byte[] file = TestGif.Build(3, 2, TestGif.Frame(0, 0, 3, "012"), TestGif.Frame(0, 0, 3, "333333"));

        Picture picture = PictureFile.Decode(file);

        Assert.Equal([1f, 0, 0, 0, 0, 0], picture.Red);
        Assert.Equal([0f, 1, 0, 0, 0, 0], picture.Green);
        Assert.Equal([1f, 1, 1, 0, 0, 0], picture.Alpha!);
    }

    [Fact]
    public void Read_EmptyBlocksAndComments_ArePassedOver()
    {
        byte[] file = TestGif.Build(3, 1, TestGif.Frame(0, 0, 3, "012"));
        byte[] more = [.. file[..13], 0, 0x21, 0xFE, 2, 65, 66, 1, 67, 0, 0x21, 0x01, 1, 9, 0, .. file[13..]];

        Assert.Equal(PictureFile.Decode(file).Red, PictureFile.Decode(more).Red);
    }
}
