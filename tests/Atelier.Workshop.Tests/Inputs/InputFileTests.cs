using Atelier.Imaging;
using Atelier.Imaging.Vips;
using Atelier.Testing;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Tests.Inputs;

public sealed class InputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atelier-input-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Require_LinkThatLeadsNowhere_NamesItsTarget()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        File.CreateSymbolicLink(At("link.png"), At("gone.png"));

        CodedException error =
            Assert.Throws<CodedException>(() => InputFile.Require("content", At("link.png"), "content"));

        Assert.Equal(("input.missing", "content"), (error.Code, error.Option));
        Assert.Contains("gone.png", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadSamples_MaskInAnotherColorSpace_IsNotConverted()
    {
        float[] gray = [0.2f, 0.4f, 0.6f];
        using MemoryStream plain = new();
        PictureFile.Save(new Picture(3, 1, gray, gray, gray), plain, ".png");
        byte[] file = plain.ToArray();

        // The chunk sRGB, 13 bytes behind the header, becomes one that says that samples are linear.
        byte[] linear =
            [.. file[..33], 0, 0, 0, 4, .. "gAMA"u8, 0, 1, 0x86, 0xA0, 0x31, 0xE8, 0x96, 0x5F, .. file[46..]];
        File.WriteAllBytes(At("mask.png"), linear);
        PictureSource source = new("mask", At("mask.png"));

        Picture mask = InputFile.LoadSamples(new WorkshopContext(), source).Picture;

        Assert.Equal([51, 102, 153], mask.Red.Select(sample => sample * 255));
        Assert.Null(mask.IccProfile);
        Assert.NotEqual(mask.Red[1], InputFile.Load(new WorkshopContext(), source).Picture.Red[1], 0.1f);
    }

    [Theory]
    [InlineData("none.png", "input.missing"), InlineData(".", "input.folder")]
    public void Require_NoFile_HasACodeAndARemedy(string name, string code)
    {
        CodedException error = Assert.Throws<CodedException>(() => InputFile.Require("style", At(name), "style"));

        Assert.Equal((code, ErrorKind.Failed, "name another file"), (error.Code, error.Kind, error.Remedy));
    }

    [Fact]
    public void Load_StyleFileAsAPicture_SaysWhatItIs()
    {
        File.WriteAllBytes(At("a.atelierstyle"), [9, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);

        CodedException error = Assert.Throws<CodedException>(() => InputFile.Load(
            new WorkshopContext(), new PictureSource("content", At("a.atelierstyle"), "content")));

        Assert.Contains("content '", error.Message, StringComparison.Ordinal);
        Assert.Contains("is a style file, but a picture is needed", error.Message, StringComparison.Ordinal);
        Assert.Equal(("input.style-file", "give it as a style"), (error.Code, error.Remedy));
    }

    [Fact]
    public void Load_APageOfATiff_IsThatPage()
    {
        Assert.SkipWhen(VipsFormats.UnavailableReason is not null, $"libvips: {VipsFormats.UnavailableReason}");
        File.Copy(Fixture.PathOf("images", "vips", "pages.tif"), At("scan.tif"));
        PictureSource second = new("content", At("scan.tif#2"), "content");

        InputFile.Require([second]);
        InputFile input = InputFile.Load(new WorkshopContext(), second);

        Assert.Equal(18 * 13 / 255f, input.Picture.Red[0]);
        Assert.EndsWith("scan.tif#2", input.Name.Path, StringComparison.Ordinal);
        Assert.Throws<CodedException>(() => InputFile.Require("content", At("scan.tif#two")));
        Assert.Throws<CodedException>(() => OutputPath.RequireNoInput(At("scan.tif"), [second.Path]));
        ImageFormatException error = Assert.Throws<ImageFormatException>(
            () => InputFile.Load(new WorkshopContext(), second with { Path = At("scan.tif#9") }));
        Assert.Contains("no page 9; the file has 3 pages", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AFileWhoseNameLooksLikeAPage_IsThatFile()
    {
        File.WriteAllBytes(At("scan.tif#2"), File.ReadAllBytes(Fixture.PathOf("images", "png", "rgb8.png")));

        Assert.Equal(19, InputFile.Load(
            new WorkshopContext(), new PictureSource("content", At("scan.tif#2"))).Picture.Width);
    }

    [Fact]
    public void Load_PictureAsAStyleFile_SaysWhatItIs()
    {
        PictureFile.Save(new Picture(3, 2), At("art.png"));

        CodedException error = Assert.Throws<CodedException>(() => StyleFileInput.Load(At("art.png")));

        Assert.Equal("style.format", error.Code);
        Assert.Contains("is a picture", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Dash_ReadsTheGivenStreamUntilCancelled()
    {
        PictureFile.Save(new Picture(3, 2), At("art.png"));
        byte[] bytes = File.ReadAllBytes(At("art.png"));
        WorkshopContext context = new() { OpenInput = () => new MemoryStream(bytes) };

        Assert.Equal(3, InputFile.Load(context, new PictureSource("content", "-")).Picture.Width);
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => InputFile.Load(context with { Cancel = cancelled.Token }, new PictureSource("content", "-")));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
