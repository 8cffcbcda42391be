using AngleSharp.Dom;
using Atelier.Options;
using Atelier.Studio.Components;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Studio.Texts;
using Bunit;

namespace Atelier.Studio.Tests.Components;

/// <summary>The easel and the start: which buttons there are, and when they can be pressed.</summary>
public sealed class EaselTests : ComponentCase
{
    [Fact]
    public async Task Buttons_CanBePressed_WhenTheyDoSomething()
    {
        LivePainting painting = Paint();
        await Until(() => painting.Progress is not null);
        IRenderedComponent<Easel> easel = Show(painting);

        Assert.False(Button(easel, Words.Pause).IsDisabled());
        Assert.True(Button(easel, Words.Undo).IsDisabled());
        Button(easel, Words.Pause).Click();
        Assert.Equal(PaintingState.Paused, painting.State);
        Assert.Contains(Words.StatePaused, easel.Find(".state").TextContent);
        Button(easel, Words.Resume).Click();
        await painting.SteerAsync(options => options with { ContentWeight = 0.5 });
        await Until(() => painting.CanUndo);
        easel.Render(parameters => parameters.Add(each => each.Painting, painting));

        Button(easel, Words.Undo).Click();
        await Until(() => painting.Options.ContentWeight != 0.5);
    }

    [Fact]
    public async Task RefusedChange_SaysWhy_AndOffersToPaintAgain()
    {
        LivePainting painting = Paint();
        await Until(() => painting.Progress is not null);
        await painting.SteerAsync(options => options with { Optimizer = OptimizerKind.Lbfgs });
        IRenderedComponent<Easel> easel = Show(painting);

        Assert.Contains("optimizer", easel.Find("[role=alert]").TextContent);
        easel.Find("[role=alert] button").Click();

        Assert.NotSame(painting, Room.Current);
        Assert.Equal(OptimizerKind.Lbfgs, Room.Current!.Options.Optimizer);
    }

    [Fact]
    public async Task FailedPainting_SaysWhy_AndOffersToTryAgain()
    {
        LivePainting painting = Paint();
        Room.Choose(choice => choice with { Artworks = [new StoredPicture(PictureKind.Artworks, "gone.png")] });
        painting = Room.Current!;
        await Until(() => painting.State == PaintingState.Failed);

        IRenderedComponent<Easel> easel = Show(painting);

        Assert.Contains("gone.png", easel.Find("[role=alert]").TextContent);
        Assert.True(Button(easel, Words.Pause).IsDisabled());
        Assert.Equal(Words.TryAgain, easel.Find("[role=alert] button").TextContent);
    }

    [Fact]
    public async Task Moments_ReturnToTheChosenOne()
    {
        LivePainting painting = Paint();
        IRenderedComponent<MomentList> list = Render<MomentList>(
            parameters => parameters.Add(each => each.Painting, painting));
        await Until(() => painting.Progress is { Iteration: > 3 });
        await painting.SteerAsync(options => options with { TvWeight = 9 });
        await Until(() => painting.Moments.Length > 1);
        list.Render(parameters => parameters.Add(each => each.Painting, painting));

        Assert.Equal(painting.Moments.Length, list.FindAll("li button").Count);
        list.FindAll("li button")[^1].Click();

        await Until(() => painting.Options.TvWeight != 9);
    }

    [Fact]
    public void Well_TakesAnExample_AsAFileOfTheFolder()
    {
        StoredPicture? taken = null;
        IRenderedComponent<Well> well = Render<Well>(parameters => parameters
            .Add(each => each.Kind, PictureKind.Artworks).Add(each => each.Title, "Artwork")
            .Add(each => each.ChooseText, "Choose").Add(each => each.OnChoose, picture => taken = picture));
        Assert.True(well.Find("input[type=file]").HasAttribute("multiple"));
        Assert.Empty(well.FindAll(".has-picture"));

        well.FindAll(".strip button")[0].Click();

        Assert.Equal([taken!], Folder.List(PictureKind.Artworks));
        well.Render(parameters => parameters.Add(each => each.Chosen, taken));
        Assert.Equal(Examples.TitleOf(taken!), well.Find(".has-picture img").GetAttribute("alt"));
    }

    private IRenderedComponent<Easel> Show(LivePainting painting)
        => Render<Easel>(parameters => parameters.Add(each => each.Painting, painting));

    private static IElement Button(IRenderedComponent<Easel> easel, string label)
        => easel.Find($".transport button[aria-label=\"{label}\"]");
}
