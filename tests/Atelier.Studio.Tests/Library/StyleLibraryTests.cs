using Atelier.Engine;
using Atelier.Options;
using Atelier.Studio.Library;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Tests.Library;

public sealed class StyleLibraryTests : IDisposable
{
    private readonly StudioRooms _rooms = new();
    private readonly StyleLibrary _library;

    public StyleLibraryTests() => _library = new StyleLibrary(_rooms.Folder, _rooms.Work);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _rooms.Dispose();

    [Fact]
    public async Task SeveralArtworks_BecomeOneNamedStyle_InTheirShares()
    {
        StyleItem even = await Extract("Both", 1, 1);
        StyleItem uneven = await Extract(null, 3, 1);

        Assert.Equal("Both.atelierstyle", even.Picture.Name);
        Assert.Equal("stripes + waves.atelierstyle", uneven.Picture.Name);
        Assert.NotEmpty(even.Layers);
        Assert.Null(even.Fault);
        Assert.Equal([uneven, even], _library.List().OrderByDescending(item => item.Picture.Name));
        Assert.NotEqual(
            File.ReadAllBytes(_rooms.Folder.PathOf(even.Picture)),
            File.ReadAllBytes(_rooms.Folder.PathOf(uneven.Picture)));
    }

    [Fact]
    public void DamagedFile_IsListedWithItsFault_AndRefused()
    {
        StoredPicture damaged = _rooms.Folder.Add(PictureKind.Styles, "old.atelierstyle", "no style"u8.ToArray());

        StyleItem item = Assert.Single(_library.List());

        Assert.StartsWith("old.atelierstyle: ", item.Fault);
        CodedException refusal = Assert.Throws<CodedException>(
            () => _library.OptionsFor([damaged], StylizeOptions.Default));
        Assert.Equal("style.format", refusal.Code);
        _rooms.Folder.Rename(damaged, "older");
        Assert.Throws<CodedException>(() => _library.OptionsFor([damaged], StylizeOptions.Default));
    }

    [Fact]
    public async Task FileThatIsReplaced_IsReadAgain()
    {
        StoredPicture file = _rooms.Folder.Add(PictureKind.Styles, "one.atelierstyle", "no style"u8.ToArray());
        Assert.NotNull(_library.Find(file)!.Fault);
        StyleItem good = await Extract("Good", 1, 1);

        File.Copy(_rooms.Folder.PathOf(good.Picture), _rooms.Folder.PathOf(file), overwrite: true);

        Assert.Null(_library.Find(file)!.Fault);
    }

    [Fact]
    public async Task Options_TakeTheNetworkOfTheStyles_AndTwoNetworksDoNotMix()
    {
        StyleItem max = await Extract("Max", 1, 1);
        StyleItem average = await Extract("Average", 1, 1, Pooling.Average);
        StylizeOptions classic = Presets.ByName["classic"] with { Seed = 4 };

        StylizeOptions options = _library.OptionsFor([_rooms.Stripes, average.Picture], classic);

        Assert.Equal(
            classic with
            {
                Pooling = Pooling.Average,
                Padding = StylizeOptions.Default.Padding,
                Activations = StylizeOptions.Default.Activations,
            },
            options);
        Assert.Equal(classic, _library.OptionsFor([_rooms.Stripes], classic));
        string refusal = Assert.Throws<CodedException>(
            () => _library.OptionsFor([max.Picture, average.Picture], classic)).Message;
        Assert.Contains("'Max' was measured with network compact", refusal);
        Assert.Contains("'Average' with network compact", refusal);
    }

    private Task<StyleItem> Extract(string? name, double first, double second, Pooling pooling = Pooling.Max)
        => _library.ExtractAsync(
            [_rooms.Stripes, _rooms.Waves],
            StylizeOptions.Default with
            {
                StyleLayers = LayerSelection.All,
                StyleWeights = [first, second],
                Pooling = pooling,
            },
            name, Cancel);
}
