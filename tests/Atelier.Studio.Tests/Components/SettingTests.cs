using AngleSharp.Dom;
using Atelier.Options;
using Atelier.Studio.Components;
using Atelier.Studio.Painting;
using Atelier.Studio.Texts;
using Bunit;

namespace Atelier.Studio.Tests.Components;

/// <summary>Settings: what is marked as changed, what a reset does, and what is refused.</summary>
public sealed class SettingTests : ComponentCase
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(0.009, false)]
    [InlineData(0.3, true)]
    public void Fader_OffersAReset_OnlyIfItIsChanged(double value, bool isChanged)
    {
        double? given = null;
        IRenderedComponent<Fader> fader = Render<Fader>(parameters => parameters
            .Add(each => each.Label, "Balance").Add(each => each.Value, value).Add(each => each.Shown, "0.12")
            .Add(each => each.OnInput, at => given = at));

        Assert.Equal(!isChanged, fader.Find("button").HasAttribute("hidden"));
        fader.Find("button").Click();
        Assert.Equal(0, given);
        fader.Find("input").Input("-0.5");
        Assert.Equal(-0.5, given);
        Assert.Equal("0.12", fader.Find("input").GetAttribute("aria-valuetext"));
        Assert.Equal(fader.Find("input").Id, fader.Find("label").GetAttribute("for"));
    }

    [Fact]
    public async Task Settings_MarkWhatDiffersFromThePreset_AndTakeItBack()
    {
        LivePainting painting = Paint();
        IRenderedComponent<SettingsForm> form = Show(painting);
        string before = form.Find("summary .mark").TextContent;

        form.Find("#option-tv-weight").Change("7");
        await Until(() => painting.Options.TvWeight == 7);
        form.Render(parameters => parameters.Add(each => each.Painting, painting));

        IElement field = form.Find("#option-tv-weight").Closest(".field")!;
        Assert.Contains("is-changed", field.ClassList);
        Assert.NotEqual(before, form.Find("summary .mark").TextContent);
        field.QuerySelector("button")!.Click();
        await Until(() => painting.Options.TvWeight == Presets.ByName["normal"].TvWeight);
        form.Render(parameters => parameters.Add(each => each.Painting, painting));
        Assert.DoesNotContain("is-changed", form.Find("#option-tv-weight").Closest(".field")!.ClassList);
        Assert.Equal(before, form.Find("summary .mark").TextContent);
    }

    [Theory]
    [InlineData("tv-weight", "much", "much")]
    [InlineData("tv-weight", "-1", "tv-weight")]
    public void Setting_ThatIsNoValue_SaysWhy_AndChangesNothing(string option, string text, string reason)
    {
        LivePainting painting = Paint();
        StylizeOptions before = painting.Options;
        IRenderedComponent<SettingsForm> form = Show(painting);

        form.Find($"#option-{option}").Change(text);

        Assert.Contains(reason, form.Find($"#option-{option}").Closest(".field")!.QuerySelector(".fault")!.TextContent);
        Assert.Equal(before, painting.Options);
    }

    [Fact]
    public void Faders_ShowTheShareOfEachArtwork_OnlyIfThereAreSeveral()
    {
        IRenderedComponent<Faders> one = Render<Faders>(parameters => parameters.Add(each => each.Painting, Paint()));
        int alone = one.FindAll(".fader").Count;

        Room.Choose(choice => choice.With(Folder.Add(
            Studio.Storage.PictureKind.Artworks, "other.png", TestPictures.OtherArtwork)));
        IRenderedComponent<Faders> two = Render<Faders>(
            parameters => parameters.Add(each => each.Painting, Room.Current!));

        Assert.Equal(alone + 2, two.FindAll(".fader").Count);
        Assert.Contains(two.FindAll(".fader label"), label => label.TextContent == Words.Format(Words.Share, "other"));
    }

    private IRenderedComponent<SettingsForm> Show(LivePainting painting)
        => Render<SettingsForm>(parameters => parameters.Add(each => each.Painting, painting));
}
