namespace Atelier.Imaging.Vips.Tests;

public sealed class AnimationTests : NativeLibrary
{
    [Fact]
    public void Read_Animation_HasItsFramesOneAfterAnother()
    {
        WebpAnimation animation = new(FileOf("animation.webp"), DecodeLimits.Default);

        Assert.Equal((19, 11), (animation.Width, animation.Height));
        Assert.True(animation.Durations.Count > 1);
        AssertFormula(animation.Read()!);
        for (int i = 1; i < animation.Durations.Count; i++) Assert.NotNull(animation.Read());
        Assert.Null(animation.Read());
    }

    [Fact]
    public void Read_StillPicture_IsTheOnlyFrame()
    {
        WebpAnimation animation = new(FileOf("lossless.webp"), DecodeLimits.Default);

        Assert.Equal([0], animation.Durations);
        AssertFormula(animation.Read()!);
        Assert.Null(animation.Read());
    }

    [Theory]
    [InlineData(0, 4, 0.75f, 1f), InlineData(2, 4, 0.5f, 0.5f), InlineData(1, 0, 0.5f, 0.5f)]
    public void Read_FramesAtPlaces_AreBlendedAndCleared(int flags, int at, float red, float alpha)
    {
        // Two frames of 2 x 2: an opaque one in white, and one of half the alpha in half the red.
        byte[] white = Frame(left: 4, 0, 1f, 1f), half = Frame(left: at, flags == 1 ? 1 : 0, 0.5f, 0.5f);
        white[15] = (byte)(flags == 1 ? 1 : 0);
        half[15] = (byte)(flags & 2);
        WebpAnimation animation = new(Animation(7, 3, white, half), DecodeLimits.Default);

        Picture first = animation.Read()!;
        Assert.Equal((1f, 1f), (first.Red[4], first.Alpha![4]));
        Assert.Equal(0f, first.Alpha[0]);
        Picture second = animation.Read()!;

        Assert.Equal(red, second.Red[at], 0.01);
        Assert.Equal(alpha, second.Alpha![at], 0.01);
        if (flags == 1) Assert.Equal(0f, second.Alpha[4]);
    }

    [Fact]
    public void Read_TenThousandFrames_HoldsOneAtATime()
    {
        byte[] frame = Frame(0, 0, 1f, 1f);
        WebpAnimation animation = new(
            Animation(2, 2, [.. Enumerable.Repeat(frame, 10_000)]), new DecodeLimits { MaxPixels = 4 });

        int count = 0;
        while (animation.Read() is not null) count++;

        Assert.Equal(10_000, count);
    }

    [Fact]
    public void Decode_MoreFramesThanCanBeSearched_IsRefused()
    {
        byte[] file = Animation(2, 2, [.. Enumerable.Repeat(Frame(0, 0, 1f, 1f), 20_001)]);

        ImageFormatException error = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file));

        Assert.Contains("20001 frames", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyDamage_ThrowsNothingElse()
    {
        byte[] file = FileOf("animation.webp");
        Random random = new(3);
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. file];
            for (int changes = random.Next(1, 5); changes > 0; changes--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (i % 3 == 0) damaged = damaged[..random.Next(damaged.Length)];
            try
            {
                WebpAnimation animation = new(damaged, new DecodeLimits { MaxPixels = 1_000_000 });
                while (animation.Read() is not null) { }
            }
            catch (ImageFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 50, 299);
    }

    /// <summary>The contents of a frame of 2 x 2 pixels of one red and one alpha.</summary>
    private static byte[] Frame(int left, int top, float red, float alpha)
    {
        Picture picture = new(2, 2, hasAlpha: true);
        Array.Fill(picture.Red, red);
        Array.Fill(picture.Alpha!, alpha);
        using MemoryStream file = new();
        PictureFile.Save(picture, file, ".webp", new EncodeOptions { Lossless = true, StripMetadata = true });
        ReadOnlySpan<byte> chunks = file.ToArray().AsSpan(12);
        int at = chunks.IndexOf("VP8L"u8);
        return [.. Three(left / 2), .. Three(top / 2), .. Three(1), .. Three(1), .. Three(40), 0, .. chunks[at..]];
    }

    private static byte[] Animation(int width, int height, params byte[][] frames)
    {
        using MemoryStream body = new();
        void Chunk(ReadOnlySpan<byte> name, byte[] contents)
        {
            body.Write(name);
            body.Write(BitConverter.GetBytes(contents.Length));
            body.Write(contents);
            if (contents.Length % 2 != 0) body.WriteByte(0);
        }

        Chunk("VP8X"u8, [0x12, 0, 0, 0, .. Three(width - 1), .. Three(height - 1)]);
        Chunk("ANIM"u8, new byte[6]);
        foreach (byte[] frame in frames) Chunk("ANMF"u8, frame);
        return [.. "RIFF"u8, .. BitConverter.GetBytes((int)body.Length + 4), .. "WEBP"u8, .. body.ToArray()];
    }

    private static byte[] Three(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
