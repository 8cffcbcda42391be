using System.Net;
using System.Text.Json;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Studio.Gallery;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Gallery;

namespace Atelier.Studio.Tests.Hosting;

public sealed class GalleryEndpointsTests
{
    [Fact]
    public async Task Gallery_ShowsResults_AndADownloadWithoutMetadataHasOnlyThePixels()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        byte[] file = Painted();
        studio.Host.Folder.Add(PictureKind.Results, "my painting.png", file);

        string page = await studio.Client.GetStringAsync("/gallery");
        byte[] plain = await studio.Client.GetByteArrayAsync("/pictures/results/my%20painting.png/plain");

        Assert.Contains("pictures/results/my%20painting.png/thumbnail?v=", page);
        Assert.Equal(HttpStatusCode.OK, await studio.StatusOf("/gallery/my%20painting.png"));
        Assert.False(GalleryIndex.LooksPainted(plain));
        (Picture before, Picture after) = (PictureFile.Decode(file), PictureFile.Decode(plain));
        Assert.Equal(before.Red.ToArray(), after.Red.ToArray());
        Assert.Empty(after.Text);
        Assert.Empty(studio.Reports);
    }

    [Theory]
    [InlineData("?name=a.png&restores=true", "results")]
    [InlineData("?name=a.png&restores=false", "photographs")]
    [InlineData("?name=a.png", "photographs")]
    public async Task DroppedResult_BecomesAResult_WhereItMayRestore(string query, string kind)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        HttpResponseMessage answer = await studio.Send(HttpMethod.Post, $"/pictures/photographs{query}", Painted());

        JsonElement stored = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(kind, stored.GetProperty("kind").GetString());
        Assert.Equal(HttpStatusCode.OK, await studio.StatusOf($"/pictures/{kind}/a.png"));
    }

    [Theory]
    [InlineData("/pictures/results/..%2fstars.json/plain")]
    [InlineData("/pictures/results/%2fetc%2fpasswd/plain")]
    [InlineData("/pictures/trash/a.png/plain")]
    [InlineData("/pictures/results/missing.png/plain")]
    public async Task PathOutside_IsNotFound(string path)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        new Stars(studio.Host.Folder).Set("a.png", isStarred: true);

        Assert.Equal(HttpStatusCode.NotFound, await studio.StatusOf(path));
    }

    [Fact]
    public async Task Plan_TellsSizeTimeAndMemory_BeforeALargerPainting()
    {
        using GalleryFolder gallery = new();
        gallery.AddPictures();
        PaintingChoice choice = Restoration.Of(GalleryFolder.Recipe, new PictureFinder(gallery.Folder)).Choice;
        EngineOptions engine = new() { Threads = 1 };
        using PaintingRoom room = new(gallery.Folder, engine);
        using SideWork work = new(room, engine);

        RunPlan plan = await new PaintingPlanner(gallery.Folder, work).PlanAsync(
            choice with { Options = choice.Options with { Size = 96, Scales = [] } },
            TestContext.Current.CancellationToken);

        Assert.Equal((96, 64), (plan.Scales[^1].Width, plan.Scales[^1].Height));
        Assert.True(plan.Seconds > 0 && plan.PeakBytes > 1_000_000);
    }

    private static byte[] Painted()
    {
        using MemoryStream png = new();
        PictureFile.Save(
            GalleryFolder.Recipe.EmbedIn(PictureFile.Decode(TestPictures.Photograph)), png, ".png");
        return png.ToArray();
    }
}
