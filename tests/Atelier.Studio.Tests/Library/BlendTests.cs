using Atelier.Studio.Library;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Tests.Library;

public sealed class BlendTests
{
    private static readonly StoredPicture First = new(PictureKind.Artworks, "first.png"),
        Second = new(PictureKind.Styles, "second.atelierstyle");

    [Fact]
    public void EqualShares_AreNoWeights()
    {
        PaintingChoice choice = new Blend().Toggle(First).Toggle(Second).ApplyTo(new PaintingChoice());

        Assert.Equal([First, Second], choice.Artworks);
        Assert.Empty(choice.Options.StyleWeights);
    }

    [Fact]
    public void NegativeShare_IsAWeight_ThatOptionsAllow()
    {
        Blend blend = new Blend().Toggle(First).Toggle(Second) with { Shares = [1, -0.35] };

        Assert.Null(blend.Problem);
        Assert.Equal([1, -0.35], blend.ApplyTo(new PaintingChoice()).Options.StyleWeights);
        Assert.Equal(blend.Shares, Blend.Of(blend.ApplyTo(new PaintingChoice())).Shares);
    }

    [Fact]
    public void MasksOfOtherArtworks_AreLeftOut()
    {
        PaintingMask mask = new(new StoredPicture(PictureKind.Masks, "mask.png"));
        PaintingChoice choice = new()
        {
            Artworks = [First],
            Masks = new PaintingMasks { Styles = [mask], Preserve = mask },
        };

        Assert.Equal(choice.Masks, new Blend().Toggle(First).ApplyTo(choice).Masks);
        PaintingMasks others = new Blend().Toggle(Second).ApplyTo(choice).Masks;
        Assert.False(others.HasStyleMask);
        Assert.Equal(mask, others.Preserve);
    }

    [Theory]
    [InlineData(0.5, -0.5)]
    [InlineData(0, 0)]
    [InlineData(-0.5, -0.5)]
    public void SharesThatAddUpToNothing_AreAProblem(double first, double second)
        => Assert.Contains("style-weights", (new Blend().Toggle(First).Toggle(Second) with
        {
            Shares = [first, second],
        }).Problem);

    [Fact]
    public void StyleLeavesWithItsShare()
    {
        Blend blend = new Blend().Toggle(First).Toggle(Second) with { Shares = [1, 0.25] };

        Assert.Equal([0.25], blend.Toggle(First).Shares);
        Assert.Equal([Second], blend.Without(First).Styles);
        Assert.Equal(blend, blend.Without(new StoredPicture(PictureKind.Artworks, "other.png")));
        StoredPicture renamed = Second with { Name = "third.atelierstyle" };
        Assert.Equal([First, renamed], blend.Replace(Second, renamed).Styles);
    }
}
