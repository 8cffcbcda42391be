using System.Globalization;
using System.Net;
using System.Text.Json;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Options;
using Atelier.Studio.Inside;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Hosting;

namespace Atelier.Studio.Tests.Inside;

public sealed class InsideEndpointsTests
{
    private const string Town = "/inside/examples/photographs/city-river.jpg";

    private static Picture TownPicture { get; } = Resampler.Resize(
        PictureFile.Decode(Examples.Read(PictureKind.Photographs, "city-river.jpg")!), FeatureExplorer.Side);

    [Fact]
    public async Task Map_HasAPixelForEachPosition_AndIsBrightWhereTheChannelIsStrong()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using Inspector inspector = new("compact");
        LayerFeatures features = inspector.Features(TownPicture, LayerSelection.Parse("relu3_1"))[0];
        int channel = features.StrongestFirst[1], strongest = IndexOfMaximum(features.Map(channel));

        Picture map = PictureFile.Decode(await studio.Client.GetByteArrayAsync($"{Town}/relu3_1/maps/{channel}"));

        Assert.Equal((features.Width, features.Height), (map.Width, map.Height));
        Assert.NotEqual(map.Width, map.Height);
        Assert.Equal(1, map.Red[strongest]);
        Assert.Equal(map.Red.ToArray(), map.Blue.ToArray());
        int weakest = features.Map(channel).IndexOf(0f);
        Assert.Equal(0, map.Red[weakest]);
    }

    [Fact]
    public async Task Picture_IsSmall_AndHasTheSidesOfThePhotograph()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        Picture shown = PictureFile.Decode(await studio.Client.GetByteArrayAsync($"{Town}/picture"));

        Assert.Equal((TownPicture.Width, TownPicture.Height), (shown.Width, shown.Height));
    }

    [Theory]
    [InlineData("relu1_1", 100, 50, 99, 49, 3, 3)]
    [InlineData("relu2_1", 100, 50, 96, 46, 10, 10)]
    [InlineData("relu1_1", 0, 0, 0, 0, 2, 2)]
    public async Task Probe_TellsTheReceptiveField(
        string layer, int x, int y, int left, int top, int width, int height)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        JsonElement probe = JsonElement.Parse(
            await studio.Client.GetStringAsync($"{Town}/{layer}/probe?x={x}&y={y}"));

        int ValueOf(string name) => probe.GetProperty(name).GetInt32();
        Assert.Equal((left, top, width, height), (ValueOf("left"), ValueOf("top"), ValueOf("width"), ValueOf("height")));
        Assert.InRange(probe.GetProperty("channels").GetArrayLength(), 1, 3);
    }

    [Fact]
    public async Task Probe_NamesTheChannelsThatAreStrongestThere()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using Inspector inspector = new("compact");
        LayerFeatures features = inspector.Features(TownPicture, LayerSelection.Parse("relu2_1"))[0];

        JsonElement probe = JsonElement.Parse(await studio.Client.GetStringAsync($"{Town}/relu2_1/probe?x=70&y=90"));

        int at = (probe.GetProperty("row").GetInt32() * features.Width) + probe.GetProperty("column").GetInt32();
        int strongest = Enumerable.Range(0, features.Channels).MaxBy(channel => features.Map(channel)[at]);
        JsonElement first = probe.GetProperty("channels")[0];
        Assert.Equal(strongest, first.GetProperty("number").GetInt32());
        Assert.Equal(features.Map(strongest)[at], first.GetProperty("value").GetDouble(), 1e-3);
    }

    [Fact]
    public async Task Influence_IsClearInside_DarkOutside_AndItsSquareHoldsMostOfIt()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using Inspector inspector = new("compact");
        EffectiveReceptiveField field =
            inspector.EffectiveReceptiveFields(TownPicture, LayerSelection.Parse("relu3_1"), 100, 60)[0];

        HttpResponseMessage answer = await studio.Send(HttpMethod.Get, $"{Town}/relu3_1/influence?x=100&y=60");

        Picture veil = PictureFile.Decode(await answer.Content.ReadAsByteArrayAsync());
        double[] square = [.. answer.Headers.GetValues("Atelier-Square").Single().Split(',')
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        Assert.Equal((TownPicture.Width, TownPicture.Height), (veil.Width, veil.Height));
        Assert.Equal(0, veil.Alpha![IndexOfMaximum(field.Strengths)]);
        Assert.Equal(0.7, veil.Alpha[0], 0.01);
        Assert.Equal(field.SideHolding(0.95), square[2]);
        Assert.InRange(square[0] + (square[2] / 2), 94, 106);
        Assert.InRange(square[1] + (square[2] / 2), 54, 66);
    }

    [Fact]
    public void StrongestPlaces_AreTheStrongest_AndApartFromEachOther()
    {
        using TemporaryStudioFolder folder = new();
        using FeatureExplorer explorer = new(new FigurePictures(folder.Folder), new() { Threads = 1 });
        Subject town = Subject.Photograph("city-river");
        LayerFeatures features = explorer.Features(town, "relu3_1");
        int channel = features.StrongestFirst[0];

        Probe[] places = [.. explorer.StrongestPlaces(town, "relu3_1", channel, 6)];

        float[] values =
            [.. places.Select(place => features.Map(channel)[(place.Row * features.Width) + place.Column])];
        Assert.Equal(6, places.Length);
        Assert.Equal(features.Map(channel).ToArray().Max(), values[0]);
        Assert.Equal(values.OrderDescending(), values);
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(
            Math.Max(Math.Abs(pair.First.Row - pair.Second.Row), Math.Abs(pair.First.Column - pair.Second.Column)) >= 3));
    }

    [Theory]
    [InlineData($"{Town}/relu9_1/maps/0", HttpStatusCode.UnprocessableEntity)]
    [InlineData($"{Town}/relu3_1/maps/64", HttpStatusCode.NotFound)]
    [InlineData("/inside/examples/photographs/missing.jpg/relu3_1/maps/0", HttpStatusCode.NotFound)]
    [InlineData("/inside/pictures/photographs/..%2fsecret.jpg/picture", HttpStatusCode.NotFound)]
    [InlineData("/inside/elsewhere/photographs/city-river.jpg/picture", HttpStatusCode.NotFound)]
    [InlineData("/inside/figures/none/0/frames/0", HttpStatusCode.NotFound)]
    [InlineData("/inside/figures/none/grams/relu3_1/artwork", HttpStatusCode.NotFound)]
    public async Task WhatIsNotThere_IsRefused(string path, HttpStatusCode expected)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        Assert.Equal(expected, await studio.StatusOf(path));
        Assert.Empty(studio.Reports);
    }

    private static int IndexOfMaximum(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            best = values[i] > values[best] ? i : best;
        return best;
    }
}
