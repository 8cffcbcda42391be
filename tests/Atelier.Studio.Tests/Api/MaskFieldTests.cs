using System.Net;
using System.Text.Json;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Hosting;

namespace Atelier.Studio.Tests.Api;

/// <summary>Masks and regions of jobs.</summary>
public sealed class MaskFieldTests
{
    [Fact]
    public async Task Masks_SaidByFileAndName_ActAndAreInTheRecipe()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        studio.Host.Folder.Add(PictureKind.Masks, "left.png", MaskFile.From(TestPictures.Mask));
        MultipartFormDataContent form = ApiClient.Form(iterations: 12, ", \"color\": \"content\"");
        form.Add(new ByteArrayContent(TestPictures.OtherArtwork), "artwork", "waves.png");
        form.Add(new StringContent("left.png"), "mask2");
        form.Add(new StringContent("all"), "mask1");
        form.Add(new ByteArrayContent(Right), "preserve", "right.jpg");
        form.Add(new ByteArrayContent(Right), "colorMask", "right.jpg");

        Recipe recipe = await Paint(studio, form);

        Assert.Equal(["all", "left.png"], recipe.StyleMasks.Select(mask => Path.GetFileName(mask.Path)));
        Assert.Equal("right.png", Path.GetFileName(recipe.Preserve!.Path));
        Assert.Equal("right.png", Path.GetFileName(recipe.ColorMask!.Path));
        Picture seen = PictureFile.Load(studio.Host.Folder.PathOf(studio.Host.Folder.List(PictureKind.Results)[0]));
        Picture photograph = Resampler.Resize(PictureFile.Decode(TestPictures.Photograph), seen.Width);
        int row = seen.Height / 2 * seen.Width;
        double DifferenceAt(int x) => Math.Abs(seen.Green[row + x] - photograph.Green[row + x]);
        Assert.True(DifferenceAt(seen.Width - 3) < 0.03);
        Assert.True(Enumerable.Range(2, 20).Max(DifferenceAt) > 0.05);
    }

    [Fact]
    public async Task AutoRegions_AreFound_AndTheirWordIsInTheRecipe()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        MultipartFormDataContent form = ApiClient.Form(iterations: 2);
        form.Add(new StringContent("auto:2"), "regions");

        Recipe recipe = await Paint(studio, form);

        Assert.Equal("auto:2", recipe.Labels!.Path);
        Assert.Empty(studio.Host.Folder.List(PictureKind.Masks));
    }

    [Fact]
    public async Task LabelPictures_KeepTheirColors()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        byte[] content = Labels(48, 32), style = Labels(40, 56);
        MultipartFormDataContent form = ApiClient.Form(iterations: 2);
        form.Add(new ByteArrayContent(content), "regions", "content.png");
        form.Add(new ByteArrayContent(style), "styleRegions1", "style.png");

        Recipe recipe = await Paint(studio, form);

        Assert.Equal(content, File.ReadAllBytes(recipe.Labels!.Path));
        Assert.Equal(style, File.ReadAllBytes(Assert.Single(recipe.StyleLabels).Path));
    }

    [Theory]
    [InlineData("mask1", "../secret.png", "'../secret.png' is not in the studio's folder")]
    [InlineData("mask2", "all", "mask2 has no artwork: there are 1")]
    [InlineData("colorMask", "left.png", "colorMask acts only where colors are restored")]
    [InlineData("regions", "left.png", "styleRegions1 is missing")]
    [InlineData("regions", "auto:1", "regions is 'auto:1'")]
    [InlineData("styleRegions1", "left.png", "styleRegions1 has no regions of the photograph")]
    [InlineData("mask", "left.png", "did you mean 'mask1'?")]
    public async Task FieldThatDoesNotFit_IsRefused(string field, string value, string expected)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        studio.Host.Folder.Add(PictureKind.Masks, "left.png", MaskFile.From(TestPictures.Mask));
        MultipartFormDataContent form = ApiClient.Form();
        form.Add(new StringContent(value), field);

        (HttpStatusCode status, JsonElement problem) = await studio.Ask(HttpMethod.Post, "/api/jobs", form);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        string told = $"{problem.GetProperty("detail").GetString()} {problem.GetProperty("remedy").GetString()}";
        Assert.Contains(expected, told);
    }

    private static byte[] Right => TestPictures.Encode(48, 32, (x, _) => x >= 24 ? (1, 1, 1) : (0, 0, 0));

    private static byte[] Labels(int width, int height)
        => TestPictures.Encode(width, height, (x, _) => x < width / 2 ? (1, 0, 0) : (0, 0, 1));

    private static async Task<Recipe> Paint(RunningStudio studio, HttpContent form)
    {
        JsonElement done = await studio.Until(await studio.PostJob(form), "done");
        string result = done.GetProperty("result").GetString()!;
        return Recipe.FromPicture(PictureFile.Load(
            studio.Host.Folder.PathOf(new StoredPicture(PictureKind.Results, result))))!;
    }
}
