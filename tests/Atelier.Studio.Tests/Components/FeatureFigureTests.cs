using AngleSharp.Dom;
using Atelier.Studio.Components;
using Atelier.Studio.Inside;
using Atelier.Studio.Storage;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Atelier.Studio.Tests.Components;

/// <summary>What the network sees: layers and channels that are chosen before the last ones are there.</summary>
public sealed class FeatureFigureTests : ComponentCase
{
    private const string Deep = "relu5_1", Shallow = "relu1_1";

    public FeatureFigureTests()
    {
        FigurePictures pictures = new(Folder);
        Services.AddSingleton(pictures);
        Services.AddSingleton(_ => new FeatureExplorer(pictures, new() { Threads = 1 }));
    }

    private FeatureExplorer Explorer => Services.GetRequiredService<FeatureExplorer>();

    [Fact]
    public async Task LayerThatIsChosenWhileAnotherLoads_IsTheOneThatIsShown()
    {
        Subject photograph = Subject.Photograph("mountain-lake");
        IRenderedComponent<FeatureFigure> figure = Show(photograph);
        await Until(() => figure.FindAll(".channels").Count > 0);

        Task deep = Layer(figure, Deep).ChangeAsync(new() { Value = "on" });
        Task shallow = Layer(figure, Shallow).ChangeAsync(new() { Value = "on" });
        await Task.WhenAll(deep, shallow);

        int channels = Explorer.Features(photograph, Shallow).Channels;
        Assert.True(channels < Explorer.Features(photograph, Deep).StrongestFirst.Max());
        Assert.Contains($"{channels}", figure.Find(".channels legend").TextContent);
        Assert.Equal($"{photograph.Address}/{Shallow}", figure.Find(".features").GetAttribute("data-address"));
        Assert.Empty(figure.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task ChannelThatIsChosenWhileALayerLoads_IsOneOfTheLayerThatIsStillShown()
    {
        Subject photograph = Subject.Photograph("mountain-lake");
        IRenderedComponent<FeatureFigure> figure = Show(photograph);
        await Until(() => figure.FindAll(".channels").Count > 0);
        await Layer(figure, Deep).ChangeAsync(new() { Value = "on" });
        int channel = Explorer.Features(photograph, Deep).Channels - 1;

        Task shallow = Layer(figure, Shallow).ChangeAsync(new() { Value = "on" });
        await figure.InvokeAsync(() => figure.Instance.ChooseChannel(channel));
        await shallow;

        Assert.StartsWith(
            $"{photograph.Address}/{Shallow}/maps/", figure.Find(".map img").GetAttribute("src"));
    }

    [Fact]
    public async Task MissingPhotograph_IsAFault()
    {
        Subject gone = new(new StoredPicture(PictureKind.Photographs, "gone.png"), IsExample: false);

        IRenderedComponent<FeatureFigure> figure = Show(gone);

        await Until(() => figure.FindAll("[role=alert]").Count > 0);
        Assert.Contains("gone.png", figure.Find("[role=alert]").TextContent);
    }

    private IRenderedComponent<FeatureFigure> Show(Subject photograph)
        => Render<FeatureFigure>(parameters => parameters.Add(each => each.Photograph, photograph));

    private static IElement Layer(IRenderedComponent<FeatureFigure> figure, string layer)
        => figure.FindAll(".layers label").Single(label => label.TextContent.Trim() == layer).QuerySelector("input")!;
}
