using Atelier.Studio.Storage;
using Atelier.Testing;

namespace Atelier.Studio.Tests.Storage;

public sealed class PassingMasksTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly StudioFolder _folder;

    public PassingMasksTests() => _folder = new StudioFolder(_temporary.Path);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void OnlyWhatIsNamedOrShown_Remains()
    {
        StoredPicture[] masks = [.. Enumerable.Range(0, 4).Select(i => Pass("stroke.png", (byte)i))];

        _folder.PassingMasks.Keep([_folder.PathOf(masks[1])]);
        _folder.PassingMasks.Remove([masks[2].Name], TimeSpan.Zero);

        Assert.Equal(["stroke-2.png", "stroke-3.png"], Names());
        _folder.PassingMasks.Remove([], TimeSpan.Zero);
        Assert.Equal(["stroke-2.png"], Names());
    }

    [Fact]
    public void MasksOfAPerson_Remain_AlsoIfAStrokeIsTheSame()
    {
        _folder.Add(PictureKind.Masks, "mine.png", new byte[] { 1 });
        Pass("mine.png", 1);
        Pass("stroke.png", 2);
        _folder.Add(PictureKind.Masks, "stroke.png", new byte[] { 2 });

        _folder.PassingMasks.Remove([], TimeSpan.Zero);

        Assert.Equal(["mine.png", "stroke.png"], Names());
    }

    [Fact]
    public void MaskThatWasJustMade_MayBeOnItsWayToAPainting()
    {
        Pass("stroke.png", 1);

        _folder.PassingMasks.Remove([], TimeSpan.FromMinutes(1));

        Assert.Equal(["stroke.png"], Names());
    }

    [Fact]
    public void MaskThatAnotherStudioUsesToo_Remains()
    {
        Pass("stroke.png", 1);
        File.SetLastWriteTimeUtc(_temporary.PathOf("masks/stroke.png"), DateTime.UtcNow.AddMinutes(-5));
        new StudioFolder(_temporary.Path).PassingMasks.Add("stroke.png", new byte[] { 1 });

        _folder.PassingMasks.Remove([], TimeSpan.Zero);

        Assert.Equal(["stroke.png"], Names());
    }

    private StoredPicture Pass(string name, byte content)
        => _folder.PassingMasks.Add(name, new[] { content });

    private IEnumerable<string> Names() => _folder.List(PictureKind.Masks).Select(mask => mask.Name).Order();
}
