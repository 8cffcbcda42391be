using Atelier.Imaging.Codecs.Gif;
using Atelier.Testing;

namespace Atelier.Imaging.Tests.Codecs.Gif;

public sealed class GifDamageTests
{
    private static readonly GifFrame Noise = new(
        1, 2, 31, 17, TestGif.Palette, [.. Enumerable.Range(0, 31 * 17).Select(i => (byte)(i * i / 7 % 4))], null,
        GifDisposal.Clear, 4);

    [Fact]
    public void Decode_EveryPrefix_GivesThePixelsThatAreThereWithAWarning()
    {
        byte[] file = TestGif.Build(40, 20, Noise);
        int pixels = file.AsSpan().IndexOf((byte[])[0x2C, 1, 0, 2, 0]) + 10 + TestGif.Palette.Length + 1;
        Picture whole = PictureFile.Decode(file);

        List<int> accepted = Mutations.AcceptedPrefixes(file);

        Assert.Equal(accepted, [.. Enumerable.Range(accepted[0], file.Length - accepted[0])]);
        Assert.InRange(accepted[0], pixels + 2, pixels + 4);
        Picture half = PictureFile.Decode(file.AsSpan(0, (pixels + file.Length) / 2));
        Assert.Contains("cut off", Assert.Single(half.Warnings), StringComparison.Ordinal);
        int row = 3 * 40;
        Assert.Equal(whole.Green.AsSpan(0, row), half.Green.AsSpan(0, row));
        Assert.Empty(PictureFile.Decode(file.AsSpan(0, file.Length - 1)).Warnings);
    }

    [Fact]
    public void Read_AnimationCutOff_KeepsWholeFramesAndPartOfTheOnlyOne()
    {
        byte[] file = TestGif.Build(40, 20, Noise, Noise);
        int second = file.AsSpan().LastIndexOf((byte[])[0x2C, 1, 0, 2, 0]);

        Assert.Equal(1, CountFrames(file[..(second + 100)]));
        Assert.Equal(1, CountFrames(file[..(second - 60)]));
    }

    [Theory]
    [InlineData(20_000, 1), InlineData(20_000, 100)]
    public void Decode_CanvasThatTheFileCannotCover_IsRefusedBeforeAllocation(int side, int frames)
    {
        byte[] file = TestGif.Build(side, side, [.. Enumerable.Repeat(TestGif.Frame(0, 0, 1, "0"), frames)]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertRefused(file, "cannot hold");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Decode_FrameSmallerThanTheCanvas_LeavesTheRestTransparent()
    {
        Picture picture = PictureFile.Decode(TestGif.Build(5, 3, TestGif.Frame(1, 1, 2, "01")));

        Assert.Equal([0f, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0], picture.Alpha!);
    }

    [Fact]
    public void Decode_RandomlyChangedBytes_ThrowNothingElse()
        => Assert.InRange(Mutations.CountRefused(TestGif.Build(40, 20, Noise), count: 4000, seed: 1), 100, 3900);

    [Fact]
    public void Read_RandomlyChangedAnimations_ThrowNothingElse()
    {
        byte[] file = TestGif.Build(40, 20, Noise, Noise with { Left = 5, Disposal = GifDisposal.Restore }, Noise);
        Random random = new(2);
        int whole = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. file];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            whole += CountFrames(damaged) == 3 ? 1 : 0;
        }

        Assert.InRange(whole, 100, 2900);
    }

    [Fact]
    public void Decode_HugeSize_IsRefusedBeforeAllocation()
    {
        byte[] canvas = TestGif.Build(65535, 65535, Noise), frame = TestGif.Build(40, 20, Noise);
        frame.AsSpan(frame.AsSpan().IndexOf((byte[])[0x2C, 1, 0, 2, 0]) + 5, 4).Fill(255);
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertRefused(canvas, "exceed the limit");
        AssertRefused(frame, "exceed the limit");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Decode_NoColorsOrFrames_SaysSo()
    {
        byte[] file = TestGif.Build(40, 20, Noise);
        int flags = file.AsSpan().IndexOf((byte[])[0x2C, 1, 0, 2, 0]) + 9;
        byte[] colorless = [.. file[..flags], 0, .. file[(flags + 13)..]];

        AssertRefused(colorless, "neither the frame nor the file has a palette");
        AssertRefused(TestGif.Build(4, 4), "no picture");
        AssertRefused([.. file[..13], 0x55], "no block begins with 55");
    }

    private static int CountFrames(byte[] file)
    {
        try
        {
            using MemoryStream stream = new(file);
            GifReader reader = new(stream, new DecodeLimits { MaxPixels = 1_000_000 });
            GifCanvas canvas = new(reader.Width, reader.Height);
            int count = 0;
            for (; reader.Read() is GifFrame frame; count++)
                canvas.Draw(frame);
            return count;
        }
        catch (ImageFormatException)
        {
            return -1;
        }
    }

    private static void AssertRefused(byte[] file, string reason)
    {
        ImageFormatException error = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
