using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Studio.Variations;

namespace Atelier.Studio.Tests.Variations;

public sealed class VariationPlanTests : IDisposable
{
    private readonly StudioRooms _rooms = new();

    public void Dispose() => _rooms.Dispose();

    [Fact]
    public void Cells_AreRowByRow_SmallAsDrafts_AndGoOnAtFullSize()
    {
        PaintingChoice basis = _rooms.Choice with
        {
            Options = StylizeOptions.Default with { Size = 900, Iterations = 40, Seed = 3 },
        };

        VariationPlan plan = Plan(basis, "tv-weight=1,2,3", "style-scale=0.5,2");

        Assert.Equal(6, plan.Cells.Length);
        PlannedDraft fifth = plan.Cells[4];
        Assert.Equal("style-scale 2, tv-weight 2", fifth.Label);
        Assert.Equal(basis.Options with { StyleScale = 2, TvWeight = 2 }, fifth.Choice.Options);
        StylizeOptions draft = fifth.Variant.Options;
        Assert.Equal((256, 7, 3), (draft.Size, draft.Iterations, draft.Seed));
        Assert.Equal((2, 2), (draft.StyleScale, draft.TvWeight));
    }

    [Fact]
    public void OptionOfDrafts_IsVariedAllTheSame()
    {
        VariationPlan plan = Plan(_rooms.Choice, "iterations=3,30");

        Assert.Equal([3, 30], plan.Cells.Select(cell => cell.Variant.Options.Iterations));
    }

    [Fact]
    public void Presets_KeepWhatWasChanged()
    {
        PaintingChoice basis = _rooms.Choice with { Options = StylizeOptions.Default with { Seed = 5, TvWeight = 9 } };

        VariationPlan plan = Plan(basis, "preset=calm,print", "tv-weight=1,2");

        PaintingChoice last = plan.Cells[3].Choice;
        Assert.Equal("print", last.Preset);
        Assert.Equal(Presets.ByName["print"] with { Seed = 5, TvWeight = 2 }, last.Options);
        Assert.Equal(256, plan.Cells[3].Variant.Options.Size);
    }

    [Fact]
    public void Artworks_AreUsedOneAtATime_AlsoExamples()
    {
        PaintingChoice basis = _rooms.Choice with
        {
            Artworks = [_rooms.Stripes, _rooms.Waves],
            Options = _rooms.Choice.Options with { StyleWeights = [1, 3] },
        };
        string example = Examples.List(PictureKind.Artworks)[0].Name;

        VariationPlan plan = Plan(basis, $"style=waves.png,{example}");

        Assert.Equal(["waves.png", example], plan.Cells.Select(cell => Assert.Single(cell.Choice.Artworks).Name));
        Assert.All(plan.Cells, cell => Assert.Empty(cell.Choice.Options.StyleWeights));
        Assert.NotNull(_rooms.Folder.Find(PictureKind.Artworks, example));
    }

    [Theory]
    [InlineData("tv-weight=1,2,3,4,5,6,7,8,9", "seed=1,2,3,4,5,6,7,8", "72 drafts are too many")]
    [InlineData("tv-weight=1,2", "tv-weight=3", "tv-weight is varied twice")]
    [InlineData("tv-weight=1,1.0", null, "tv-weight has a value twice")]
    [InlineData("tv-weight=", null, "tv-weight has no values")]
    [InlineData("tv-weight=much", null, "tv-weight: 'much' is not a number")]
    [InlineData("tv-weight=-1", null, "tv-weight is -1")]
    [InlineData("preset=louder", null, "there is no preset 'louder'")]
    [InlineData("style=../photographs/photo.png", null, "'../photographs/photo.png' is not among")]
    public void WhatCannotBePlanned_IsRefused(string across, string? down, string reason)
        => Assert.Contains(
            reason, Assert.ThrowsAny<AtelierException>(() => Plan(_rooms.Choice, across, down)).Message);

    [Fact]
    public void WithoutPhotograph_ThereIsNothingToPlan()
        => Assert.ThrowsAny<AtelierException>(() => Plan(_rooms.Choice with { Photograph = null }, "seed=1,2"));

    [Fact]
    public void Masks_GoAlong_ButThoseOfArtworksNotWithOthers()
    {
        StoredPicture mask = _rooms.Folder.Add(PictureKind.Masks, "mask.png", TestPictures.Photograph);
        PaintingChoice basis = _rooms.Choice with
        {
            Masks = new PaintingMasks { Styles = [new PaintingMask(mask)], Preserve = new PaintingMask(mask) },
        };

        VariationPlan options = Plan(basis, "seed=1,2"), artworks = Plan(basis, "style=stripes.png,waves.png");

        Assert.Single(options.Guides.Masks);
        Assert.Contains(" --style-mask ", SweepCommand.Of(options, _rooms.Folder));
        Assert.Equal(basis.Masks, options.Cells[1].Choice.Masks);
        Assert.Empty(artworks.Guides.Masks);
        Assert.DoesNotContain(" --style-mask ", SweepCommand.Of(artworks, _rooms.Folder));
        Assert.Equal(basis.Masks.Preserve, artworks.Cells[1].Choice.Masks.Preserve);
    }

    [Fact]
    public void Command_PaintsTheSame()
    {
        string folder = _rooms.Folder.FullPath;
        PaintingChoice basis = _rooms.Choice with { Options = StylizeOptions.Default with { Seed = 5, TvWeight = 9 } };

        string command = SweepCommand.Of(Plan(basis, "tv-weight=1,2", "color=style,luminance"), _rooms.Folder);
        string presets = SweepCommand.Of(Plan(basis, "preset=calm,bold", "style=stripes.png,waves.png"), _rooms.Folder);

        Assert.Equal(
            $"atelier sweep {folder}/photographs/photo.png --style {folder}/artworks/stripes.png --size 256 " +
            "--iterations 7 --iteration-growth 0.6 --seed 5 --vary tv-weight=1,2 --vary color=style,luminance " +
            "-o drafts.png",
            command.Replace('\\', '/'));
        Assert.StartsWith($"atelier sweep {folder}/photographs/photo.png --tv-weight 9 --seed 5 --size 256 ", presets);
        Assert.EndsWith(
            $"--vary preset=calm,bold --vary style={folder}/artworks/stripes.png,{folder}/artworks/waves.png " +
            "-o drafts.png", presets);
        Assert.DoesNotContain("--style ", presets);
        Assert.DoesNotContain("--preset ", presets);
    }

    private VariationPlan Plan(PaintingChoice basis, string across, string? down = null)
        => VariationPlan.Of(basis, AxisOf(across), down is null ? null : AxisOf(down), _rooms.Folder);

    private static Axis AxisOf(string text) => Axis.Parse(text.Split('=')[0], text.Split('=')[1]);
}
