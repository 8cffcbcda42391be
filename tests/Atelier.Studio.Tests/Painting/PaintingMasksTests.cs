using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Testing;

namespace Atelier.Studio.Tests.Painting;

public sealed class PaintingMasksTests : IDisposable
{
    private static readonly StylizeOptions Options = StylizeOptions.Default;

    private readonly TemporaryFolder _temporary = new();
    private readonly StudioFolder _folder;

    public PaintingMasksTests() => _folder = new StudioFolder(_temporary.Path);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void ArtworksWithoutAMask_ActElsewhereOrEverywhere()
    {
        PaintingMasks masks = PaintingMasks.None.With(new MaskSlot(MaskRole.Style, 1), Add("my mask.png"), 3);

        Assert.Equal(["rest", PathOf("my mask.png"), "rest"], masks.PathsIn(_folder, Options).Masks);
        Assert.Equal(
            ["all", PathOf("my mask.png"), "all"],
            (masks with { OthersEverywhere = true }).PathsIn(_folder, Options).Masks);
        Assert.Empty(masks.With(new MaskSlot(MaskRole.Style, 1), null, 3).PathsIn(_folder, Options).Masks);
    }

    [Fact]
    public void Command_HasTheMasks_Quoted()
    {
        PaintingMasks masks = PaintingMasks.None
            .With(new MaskSlot(MaskRole.Style), Add("my mask.png"), 2)
            .With(new MaskSlot(MaskRole.Preserve), Add("face.png"), 2)
            .With(new MaskSlot(MaskRole.Color), Add("sky.png"), 2);

        string command = CommandLine.Of(masks.PathsIn(_folder, Options with { Color = ColorKind.Content }));

        Assert.Equal(
            $" --style-mask '{PathOf("my mask.png")}' rest --preserve {PathOf("face.png")} " +
            $"--color-mask {PathOf("sky.png")}",
            command);
    }

    [Fact]
    public void WeakMask_IsTheSameFile_EachTime()
    {
        PaintingMask weak = Add("face.png") with { Strength = 0.35 };
        PaintingMasks masks = PaintingMasks.None with { Preserve = weak };

        IEnumerable<string?> paths = [.. Enumerable.Range(0, 2).Select(_ => masks.PathsIn(_folder, Options).Preserve)];

        Assert.Equal([PathOf("face 35 percent.png"), PathOf("face 35 percent.png")], paths);
        Assert.Equal(2, _folder.List(PictureKind.Masks).Count);
    }

    [Fact]
    public void RemovedArtwork_TakesItsMaskAndRegionsAlong()
    {
        StoredPicture[] labels = [.. new[] { "a.png", "b.png", "c.png" }.Select(name => Add(name).Picture)];
        PaintingMasks masks = PaintingMasks.None.With(new MaskSlot(MaskRole.Style), Add("left.png"), 2)
            .With(new MaskSlot(MaskRole.Style, 1), Add("right.png"), 2) with
        {
            Regions = new PairedRegions(labels[0], [labels[1], labels[2]]),
        };
        StoredPicture[] artworks = [new(PictureKind.Artworks, "x.png"), new(PictureKind.Artworks, "y.png")];

        PaintingMasks left = new PaintingChoice { Artworks = [.. artworks], Masks = masks }.Without(artworks[0]).Masks;

        Assert.Equal("right.png", Assert.Single(left.Styles)!.Picture.Name);
        Assert.Equal("c.png", Assert.Single(left.Regions!.Styles).Name);
    }

    private string PathOf(string name) => Path.Combine(_folder.FolderOf(PictureKind.Masks), name);

    private PaintingMask Add(string name) => new(_folder.Add(
        PictureKind.Masks, name,
        MaskFile.From(TestPictures.Encode(9, 6, (x, _) => x < name.Length ? (1, 1, 1) : (0, 0, 0)))));
}
