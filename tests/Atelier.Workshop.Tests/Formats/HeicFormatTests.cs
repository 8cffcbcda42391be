using Atelier.Imaging;
using Atelier.Testing;
using Atelier.Workshop.Formats;

namespace Atelier.Workshop.Tests.Formats;

public sealed class HeicFormatTests : IDisposable
{
    private static readonly byte[] Heic = File.ReadAllBytes(Fixture.PathOf("images", "vips", "picture.heic"));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Decode_WithoutAProgram_NamesTheFormatAndTheRemedy()
    {
        HeicFormat format = new(() => null);

        ImageFormatException error = Assert.Throws<ImageFormatException>(
            () => format.Decode(Heic, DecodeLimits.Default));

        Assert.True(format.Recognizes(Heic));
        Assert.StartsWith("HEIC: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("install", error.Message, StringComparison.Ordinal);
        Assert.Contains("convert the picture to PNG", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_WithTheProgramOfThisMachine_HasThePixels()
    {
        HeicConverter? converter = PictureFormats.FindHeicConverter();
        Assert.SkipWhen(
            converter?.Path.Contains("heif-", StringComparison.Ordinal) != true, "libheif's program is not here.");
        HeicFormat format = new(() => converter);

        Picture picture = format.Decode(Heic, DecodeLimits.Default);
        Picture expected = PictureFile.Load(Fixture.PathOf("images", "vips", "picture.heic.png"));

        Assert.Equal((19, 11), (picture.Width, picture.Height));
        Assert.All(picture.Red.Zip(expected.Red), pair => Assert.Equal(pair.Second, pair.First, 4 / 255f));
        Assert.Equal(("HEIC", 19), (format.Identify(new MemoryStream(Heic), DecodeLimits.Default).Format, 19));
    }

    [Fact]
    public void Decode_OfWideGamut_LeavesTheColorsToBeConvertedOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a shell script.");
        string png = Fixture.PathOf("images", "color", "display-p3.png");
        HeicFormat format = new(() => new HeicConverter(Script($"cp '{png}' \"$4\"")));

        Picture picture = format.Decode(Heic, DecodeLimits.Default);

        Assert.Equal(PictureFile.DecodeSamples(File.ReadAllBytes(png)).Red, picture.Red);
        Assert.NotNull(picture.IccProfile);
    }

    [Fact]
    public void Decode_ByAProgramThatFails_SaysWhatItSaid()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a shell script.");
        HeicFormat format = new(() => new HeicConverter(Script("echo 'no such codec' >&2; exit 3")));

        ImageFormatException error = Assert.Throws<ImageFormatException>(
            () => format.Decode(Heic, DecodeLimits.Default));

        Assert.Contains("no such codec", error.Message, StringComparison.Ordinal);
        Assert.Contains("convert it to PNG or JPEG first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_SizesBeyondTheLimit_StartNoProgram()
    {
        HeicFormat format = new(() => throw new InvalidOperationException("A program was asked for."));

        Assert.Throws<ImageFormatException>(() => format.Decode(Heic, new DecodeLimits { MaxPixels = 100 }));
    }

    [Fact]
    public void Find_LooksForTheProgramsInTheirOrder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs have other names.");
        Assert.Null(HeicConverter.Find([_folder.PathOf("")]));
        File.WriteAllText(_folder.PathOf("magick"), "");
        File.WriteAllText(_folder.PathOf("heif-convert"), "");

        Assert.Equal(_folder.PathOf("heif-convert"), HeicConverter.Find(["/nowhere", _folder.PathOf("")])!.Path);
    }

    private string Script(string line)
    {
        string path = _folder.PathOf("heif-dec");
        File.WriteAllText(path, $"#!/bin/sh\n{line}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
