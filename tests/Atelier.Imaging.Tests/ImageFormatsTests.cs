namespace Atelier.Imaging.Tests;

public sealed class ImageFormatsTests
{
    [Fact]
    public void Register_AFormat_ReadsAndWritesItUntilAnotherOfTheNameReplacesIt()
    {
        ImageFormats.Register(new OnePixelFormat(0.25f));
        Assert.Equal(0.25f, PictureFile.Decode("one pixel"u8).Red[0]);

        ImageFormats.Register(new OnePixelFormat(0.5f));
        using MemoryStream stream = new();
        PictureFile.Save(new Picture(1, 1), stream, ".ONE");

        Assert.Equal(0.5f, PictureFile.Decode(stream.ToArray()).Red[0]);
        Assert.Single(ImageFormats.All, format => format.Name == "One pixel");
        Assert.Equal("TGA", ImageFormats.All[^1].Name);
        Assert.Equal(0.5f, PictureFile.Decode(stream.ToArray(), page: 1).Red[0]);
        Assert.Equal(
            "One pixel: there is no page 2; files of this format have one picture.",
            Assert.Throws<ImageFormatException>(() => PictureFile.Decode(stream.ToArray(), page: 2)).Message);
    }

    [Fact]
    public void Writes_OfTheFormats_SaysWhatTheyKeep()
    {
        Assert.True(ImageFormats.FindWritable(".png")!.Writes!.Value.HasFlag(EncodeFeatures.Alpha));
        Assert.False(ImageFormats.FindWritable(".jpg")!.Writes!.Value.HasFlag(EncodeFeatures.Alpha));
        Assert.Null(ImageFormats.FindWritable(".bmp"));
        Assert.Throws<ArgumentException>(() => PictureFile.Save(new Picture(1, 1), Stream.Null, ".bmp"));
        Assert.Contains(".qoi", ImageFormats.WritableExtensions);
        Assert.Contains(".tga", ImageFormats.ReadableExtensions);
    }

    private sealed class OnePixelFormat(float gray) : IImageFormat
    {
        public string Name => "One pixel";

        public IReadOnlyList<string> Extensions { get; } = [".one"];

        public EncodeFeatures? Writes => EncodeFeatures.None;

        public bool Recognizes(ReadOnlySpan<byte> start) => start.SequenceEqual("one pixel"u8);

        public Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits) => new(1, 1, [gray], [gray], [gray]);

        public PictureInfo Identify(Stream file, DecodeLimits limits) => PictureInfo.Create(Name, 1, 1);

        public void Encode(Picture picture, Stream output, EncodeOptions options) => output.Write("one pixel"u8);
    }
}
