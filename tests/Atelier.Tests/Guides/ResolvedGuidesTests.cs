using Atelier.Guides;
using Atelier.Imaging;

namespace Atelier.Tests.Guides;

public sealed class GuidanceTests
{
    private static readonly Picture Left = Columns(1, 1, 0, 0, 0, 0);
    private static readonly Picture Middle = Columns(0, 0.5f, 1, 0, 0, 0);

    [Fact]
    public void Of_NoGuides_IsOneGroupEverywhere()
    {
        StyleMaskGroup group = Assert.Single(ResolvedGuides.Create(SpatialGuides.None, 3, 4, 6, 2).Groups);
        Assert.Equal([0, 1, 2], group.Styles);
        Assert.Null(group.Mask);
    }

    [Fact]
    public void Of_MasksThatLookTheSame_AreOneGroup()
    {
        SpatialGuides guides = new()
        {
            StyleMasks =
            [
                StyleMask.FromPicture(Left), StyleMask.All,
                StyleMask.FromPicture(Columns(1, 1, 0, 0, 0, 0)), StyleMask.All,
            ],
        };
        ResolvedGuides guidance = ResolvedGuides.Create(guides, 4, 4, 6, 0);
        Assert.Equal(["0,2", "1,3"], guidance.Groups.Select(group => string.Join(',', group.Styles)));
        Assert.Equal(Left.Red, guidance.Groups[0].Mask!.Values);
        Assert.Null(guidance.Groups[1].Mask);
        Assert.Equal(1, ResolvedGuides.CountMasks(guides, 4));
    }

    [Fact]
    public void Of_Rest_IsWhatTheOthersLeaveAndNeverLessThanNothing()
    {
        SpatialGuides guides = new()
        {
            StyleMasks = [StyleMask.FromPicture(Left), StyleMask.Rest, StyleMask.FromPicture(Middle)],
        };
        Mask rest = ResolvedGuides.Create(guides, 3, 4, 6, 0).Groups.Single(group => group.Styles is [1]).Mask!;
        Assert.Equal([0, 0, 0, 1, 1, 1], rest.Values[..6]);
    }

    [Fact]
    public void Of_Preserve_TakesItFromEveryStyleAndCoversTheMargin()
    {
        SpatialGuides guides = new() { StyleMasks = [StyleMask.FromPicture(Left), StyleMask.All], Preserve = Middle };
        ResolvedGuides guidance = ResolvedGuides.Create(guides, 2, 4, 6, margin: 1);
        Assert.Equal([0.5f, 1, 0.5f, 0, 0, 0, 0, 0], guidance.Groups[0].Mask!.Values[..8]);
        Assert.Equal([0.5f, 1, 0.5f, 0, 1, 1, 1, 1], guidance.Groups[1].Mask!.Values[..8]);
        Assert.Equal(2, ResolvedGuides.CountMasks(guides, 2));
    }

    [Fact]
    public void Kept_OfMasksAndPreserve_IsWhatBothLeaveToThePhotograph()
    {
        Mask? PreservedMask(SpatialGuides guides)
            => ResolvedGuides.PreservedMask(guides, guides.StyleMasks.Length, 4, 6);
        StyleMask left = StyleMask.FromPicture(Left), middle = StyleMask.FromPicture(Middle);
        Assert.Null(PreservedMask(SpatialGuides.None));
        Assert.Null(PreservedMask(new SpatialGuides { StyleMasks = [left, StyleMask.All] }));
        Assert.Null(PreservedMask(new SpatialGuides { StyleMasks = [left, StyleMask.Rest] }));
        Assert.Equal([0, 0, 0, 1, 1, 1], PreservedMask(new SpatialGuides { StyleMasks = [left, middle] })!.Values[..6]);
        SpatialGuides both = new() { StyleMasks = [left], Preserve = Middle };
        Assert.Equal([0, 0.5f, 1, 1, 1, 1], PreservedMask(both)!.Values[..6]);
        Assert.Equal([0, 0.5f, 1, 0, 0, 0], PreservedMask(new SpatialGuides { Preserve = Middle })!.Values[..6]);
    }

    [Fact]
    public void Validate_Problems_AreAllNamed()
    {
        float[] white = [1, 1, 1, 1, 1, 1];
        Picture black = new(3, 2), clear = new(3, 2, white, white, white, alpha: new float[6]);
        SpatialGuides guides = new()
        {
            StyleMasks = [StyleMask.FromPicture(black), StyleMask.All, StyleMask.Rest],
            StyleRegions = [clear],
            Preserve = Columns(1, 1, 1, 1, 1, 1),
        };
        IReadOnlyList<string> problems = [.. guides.Validate(2).Select(problem => problem.ToString())];
        Assert.Equal(6, problems.Count);
        Assert.Contains(problems, problem => problem.Contains("3 entries for 2", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("1 entry for 2", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'rest'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("style mask 1 is black", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.EndsWith("and opaque.", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("preserve is white", StringComparison.Ordinal));
        Assert.Contains(
            "black", Assert.Single(new SpatialGuides { Preserve = black }.Validate(1)).ToString(),
            StringComparison.Ordinal);
        Assert.Empty(new SpatialGuides { StyleMasks = [StyleMask.FromPicture(Left), StyleMask.Rest] }.Validate(2));
    }

    /// <summary>A picture of four equal rows.</summary>
    private static Picture Columns(params float[] row)
    {
        float[] plane = [.. row, .. row, .. row, .. row];
        return new Picture(row.Length, 4, plane, plane, plane);
    }
}
