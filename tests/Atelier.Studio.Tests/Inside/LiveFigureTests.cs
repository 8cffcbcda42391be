using System.Collections.Immutable;
using System.Text.Json;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Options;
using Atelier.Studio.Inside;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Hosting;

namespace Atelier.Studio.Tests.Inside;

public sealed class LiveFigureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly PanelPlan Lake = new(StylizeOptions.Default with { Size = 64, Iterations = 4 })
    {
        Photograph = Subject.Photograph("mountain-lake"),
        Artworks = [Subject.Artwork("impasto-night")],
    };

    private static readonly PanelPlan Endless = Lake with { Options = Lake.Options with { Iterations = 100_000 } };

    [Fact]
    public async Task Figure_IsPainted_AndItsFramesAreServed()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using LiveFigure figure = studio.Host.Figures.Open([Lake, Lake]);

        HttpResponseMessage frame = await studio.Send(HttpMethod.Get, $"/{figure.FramesOf(1)}/0");
        await Until(() => figure.Panels.All(panel => panel.State == PaintingState.Complete));

        Assert.Equal("1", frame.Headers.GetValues("Atelier-Frame").Single());
        Picture[] pictures = [.. figure.Panels.Select(panel => panel.Picture!())];
        Assert.Equal((64, 48), (pictures[0].Width, pictures[0].Height));
        Assert.Equal(pictures[0].Red.ToArray(), pictures[1].Red.ToArray());
        Assert.NotEmpty(figure.Panels[0].Terms);
        Assert.True(figure.Panels[0].Losses[^1].Seconds > 0);
    }

    [Fact]
    public async Task Change_ThatIsPossible_GoesOn_AndAnotherStartsAgain_AndSaysWhy()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using LiveFigure figure = studio.Host.Figures.Open([Endless]);
        SmallPainting painting = figure.Panels[0];
        await Until(() => painting.Progress?.RunIteration > 2);

        figure.Show([Endless with { Options = Endless.Options with { TvWeight = 60 } }]);
        int before = painting.Progress!.RunIteration;
        await Until(() => painting.Progress?.RunIteration > before + 2);
        Assert.Null(painting.Restart);

        figure.Show([Endless with { Options = Endless.Options with { Optimizer = OptimizerKind.Lbfgs } }]);
        await Until(() => painting.Restart is not null && painting.Progress?.RunIteration > 2);
        Assert.StartsWith("optimizer", painting.Restart);

        figure.Show([Endless with { Origin = "another" }]);
        await Until(() => painting.Restart == "" && painting.Progress?.RunIteration > 2);
    }

    [Fact]
    public async Task CompleteFigure_GoesOnWhenItIsChanged()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using LiveFigure figure = studio.Host.Figures.Open([Lake]);
        SmallPainting painting = figure.Panels[0];
        await Until(() => painting.State == PaintingState.Complete);
        int iterations = painting.Progress!.RunIteration;

        figure.Show([Lake with { Options = Lake.Options with { ContentWeight = 3 } }]);
        await Until(() => painting.Progress!.RunIteration > iterations && painting.State == PaintingState.Complete);

        Assert.Null(painting.Restart);
    }

    [Fact]
    public async Task Figure_WaitsWhileARealPictureIsPainted()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using LiveFigure figure = studio.Host.Figures.Open([Endless]);
        SmallPainting painting = figure.Panels[0];
        await Until(() => painting.Progress is not null);
        StudioFolder folder = studio.Host.Folder;
        StoredPicture photograph = folder.Add(PictureKind.Photographs, "photo.png", TestPictures.Photograph);
        StoredPicture artwork = folder.Add(PictureKind.Artworks, "stripes.png", TestPictures.Artwork);

        studio.Host.Room.Choose(choice => choice.With(artwork) with
        {
            Photograph = photograph,
            Options = choice.Options with { Size = 64, Iterations = 100_000 },
        });
        LivePainting real = studio.Host.Room.Current!;
        await Until(() => real.Progress is not null && figure.GivesWay);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        int still = painting.Progress!.RunIteration, moving = real.Progress!.RunIteration;
        await Until(() => real.Progress!.RunIteration > moving + 10);
        Assert.Equal(still, painting.Progress!.RunIteration);

        // What is opened meanwhile shows its photograph, and not nothing.
        using LiveFigure late = studio.Host.Figures.Open([Endless]);
        Picture shown = PictureFile.Decode(await studio.Client.GetByteArrayAsync($"/{late.FramesOf(0)}/0"));
        Assert.Equal((64, 48), (shown.Width, shown.Height));
        Assert.True(shown.Green.Max() - shown.Green.Min() > 0.3);
        Assert.Null(late.Panels[0].Progress);

        real.Pause();
        await Until(() => painting.Progress!.RunIteration > still);
        Assert.False(figure.GivesWay);
    }

    [Fact]
    public async Task PausedFigure_StandsStill_AndClosedOnesAreForgotten()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        LiveFigure figure = studio.Host.Figures.Open([Endless]);
        await Until(() => figure.Panels[0].Progress is not null);

        figure.TogglePause();
        await Task.Delay(300, TestContext.Current.CancellationToken);
        int still = figure.Panels[0].Progress!.RunIteration;
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(still, figure.Panels[0].Progress!.RunIteration);
        Assert.Equal(PaintingState.Paused, figure.Panels[0].State);

        figure.Dispose();
        Assert.Null(studio.Host.Figures.Find(figure.Id));
        await Until(() => figure.Panels[0].State == PaintingState.Ended);
    }

    [Fact]
    public async Task Grams_AreThoseOfTheInspector_AndThePaintingsApproachesTheArtworks()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using LiveFigure figure = studio.Host.Figures.Open([Lake]);
        FigurePictures pictures = new(studio.Host.Folder);
        using FeatureExplorer explorer = new(pictures, new() { Threads = 1 });
        GramWatch watch = new(explorer, pictures, figure.Panels[0]);
        figure.Grams = watch;
        await Until(() => figure.Panels[0].State == PaintingState.Complete && !watch.Painting.IsEmpty);
        using Inspector inspector = new("compact");
        GramMatrix artwork = inspector.Grams(
            pictures.Load(Lake.Artworks[0], 64), LayerSelection.Parse("relu3_1"))[0];

        async Task<JsonElement> Ask(string which) => JsonElement.Parse(
            await studio.Client.GetStringAsync($"/inside/figures/{figure.Id}/grams/relu3_1/{which}"));
        JsonElement wanted = await Ask("artwork"), start = await Ask("photograph"), painted = await Ask("painting");

        int[] channels = [.. wanted.GetProperty("channels").EnumerateArray().Select(each => each.GetInt32())];
        Assert.Equal(artwork.StrongestFirst.Take(32), channels);
        Assert.Equal(0, wanted.GetProperty("distance").GetDouble());
        ImmutableArray<double> values =
            [.. wanted.GetProperty("values").EnumerateArray().Select(each => each.GetDouble())];
        Assert.Equal(32 * 32, values.Length);
        Assert.Equal(artwork[channels[2], channels[5]], values[(2 * 32) + 5], 1e-5);
        Assert.True(painted.GetProperty("distance").GetDouble() < start.GetProperty("distance").GetDouble());
        Assert.Equal(GramWatch.Layers.Length, watch.Distances[^1].Length);
    }

    [Fact]
    public async Task WatchThatBegins_WhenItsFigureIsOver_Ends()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        FigurePictures pictures = new(studio.Host.Folder);
        using FeatureExplorer explorer = new(pictures, new() { Threads = 1 });
        LiveFigure figure = studio.Host.Figures.Open([Endless]);
        GramWatch watch = new(explorer, pictures, figure.Panels[0]);
        figure.Dispose();

        figure.Grams = watch;

        Assert.Null(figure.Grams);
        await watch.Ended.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task MissingPicture_IsAFailure_AndAnotherIsPainted()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        StoredPicture gone = new(PictureKind.Photographs, "gone.png");
        using LiveFigure figure = studio.Host.Figures.Open([Lake with { Photograph = new Subject(gone, false) }]);
        SmallPainting painting = figure.Panels[0];
        await Until(() => painting.Failure is not null);
        Assert.Contains("gone.png", painting.Failure!.Message);

        figure.Show([Lake]);
        await Until(() => painting.State == PaintingState.Complete);
        Assert.Null(painting.Failure);
    }

    private static async Task Until(Func<bool> isSo)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!isSo())
            await Task.Delay(5, patience.Token);
    }
}
