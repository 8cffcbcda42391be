using Atelier.Imaging;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Tests.Outputs;

public sealed class OutputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atelier-output-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.xyz", "usage"), InlineData("none", "usage"), InlineData("x/a.png", "output.folder")]
    [InlineData("foreign.png", "output.exists"), InlineData("link.png", "output.exists"), InlineData("", "usage")]
    public void New_PlaceThatCannotBe_IsRefused(string name, string code)
    {
        PictureFile.Save(new Picture(3, 2), At("foreign.png"));
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(At("link.png"), At("gone.png"));
        }
        else if (name == "link.png")
        {
            Assert.Skip("Links need rights there.");
        }

        CodedException error = Assert.Throws<CodedException>(() => New(At(name)));

        Assert.Equal(code, error.Code);
        Assert.DoesNotContain("--", error.Message + error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void New_InputByAnotherName_IsRefusedAlsoByForce()
    {
        PictureFile.Save(new Picture(3, 2), At("in.png"));
        string same = Path.Combine(_folder, ".", "in.png");

        CodedException error = Assert.Throws<CodedException>(
            () => new OutputFile(new WorkshopContext(), same, [At("in.png")], force: true, EncodeOptions.Default));

        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains("is also an input", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_PlaceThatIsGone_SavesThePictureElsewhereAndSaysWhere()
    {
        string name = $"painting-{Guid.NewGuid():N}.png", folder = Path.Combine(_folder, "gone");
        Directory.CreateDirectory(folder);
        OutputFile output = New(Path.Combine(folder, name));
        Directory.Delete(folder);

        CodedException error = Assert.Throws<CodedException>(() => output.Save(new Picture(3, 2)));

        string other = Path.Combine(Path.GetTempPath(), name);
        Assert.Contains($"The picture was saved to '{other}'", error.Message, StringComparison.Ordinal);
        Assert.Equal((3, 2), (PictureFile.Load(other).Width, PictureFile.Load(other).Height));
        File.Delete(other);
    }

    [Fact]
    public void Save_ToStandardOutput_WritesAPngToTheGivenStream()
    {
        using MemoryStream stream = new();
        WorkshopContext context = new() { OpenOutput = () => stream };

        new OutputFile(context, "-", [], force: false, EncodeOptions.Default).Save(new Picture(3, 2));

        Assert.Equal(3, PictureFile.Decode(stream.ToArray()).Width);
    }

    [Fact]
    public void Save_StreamThatIsClosed_HasACode()
    {
        WorkshopContext context = new() { OpenOutput = () => throw new IOException("gone.") };
        OutputFile output = new(context, "-", [], force: false, EncodeOptions.Default);

        Assert.Equal("output.closed", Assert.Throws<CodedException>(() => output.Save(new Picture(3, 2))).Code);
    }

    private static OutputFile New(string path)
        => new(new WorkshopContext(), path, [], force: false, EncodeOptions.Default);

    private string At(string name) => Path.Combine(_folder, name);
}
