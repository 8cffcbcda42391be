using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Testing;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Recipes;

namespace Atelier.Workshop.Tests.Recipes;

public sealed class ReproductionTests
{
    [Fact]
    public void GetSources_ResultThatWasSteered_GivesTheSamePixelsAgain()
    {
        using TemporaryFolder folder = new();
        string Save(string name, Picture picture)
        {
            PictureFile.Save(picture, folder.PathOf(name));
            return folder.PathOf(name);
        }

        string photograph = Save("photograph.png", Numbers.Picture(1, 37, 49));
        string artwork = Save("artwork.png", Numbers.Picture(2, 40, 31));
        float[] left = [.. Enumerable.Range(0, 12).Select(i => i % 4 < 2 ? 1f : 0f)];
        PictureSource mask = new("mask", Save("mask.png", new Picture(4, 3, left, left, left)), "preserve");
        StylizeOptions options = StylizeOptions.Default with
        {
            Size = 41,
            Scales = [29, 41],
            Iterations = 3,
            Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
        };
        RecipeChange heavier = RecipeChange.Create(2, options, options with { ContentWeight = 0.5 });
        RecipeChange masked = RecipeChange.Create(4, options, options with { StyleScale = 0.75 });
        PaintSources sources = new()
        {
            Content = new PictureSource("content", photograph),
            Styles = [new PictureSource("style", artwork, "style")],
            Changes = [(heavier, null), (masked, new GuideSources { Preserve = mask })],
        };

        WorkshopContext context = new();
        PaintingResult steered = Paint(context, sources, options, folder.PathOf("steered.png"));
        Reproduction reproduction = Reproduction.Open(context, folder.PathOf("steered.png"));
        PaintingResult again = Paint(
            context, reproduction.GetSources(new PictureOverrides()),
            reproduction.GetOptions(size: null, isResized: false, network: null), folder.PathOf("again.png"));

        Assert.Equal(steered.Result.Picture.Planes, again.Result.Picture.Planes);
        Assert.Equal(steered.Recipe, again.Recipe);
        Assert.Equal([2, 4], reproduction.Recipe.Changes.Select(change => change.AfterIteration));
        Assert.Equal("0.5", reproduction.Recipe.Changes[0].Options["content-weight"]);
        Assert.NotNull(reproduction.Recipe.Changes[1].Masks!.Preserve!.Sha256);
        PaintingResult plain = Paint(context, sources with { Changes = [] }, options, folder.PathOf("plain.png"));
        Assert.NotEqual(plain.Result.Picture.Red, steered.Result.Picture.Red);
    }

    [Fact]
    public void GetSources_OtherSize_LeavesChangesOfTheSizeOut()
    {
        using TemporaryFolder folder = new();
        PictureFile.Save(Numbers.Picture(1, 9, 12), folder.PathOf("a.png"));
        Recipe recipe = new()
        {
            Content = new RecipePicture("a.png"),
            Styles = [new RecipePicture("a.png")],
            Changes =
            [
                new RecipeChange(3, ImmutableSortedDictionary<string, string>.Empty
                    .Add("size", "100").Add("scales", "50,100").Add("tv-weight", "2")),
            ],
        };
        PictureFile.Save(recipe.EmbedIn(Numbers.Picture(2, 9, 12)), folder.PathOf("result.png"));
        Reproduction reproduction = Reproduction.Open(new WorkshopContext(), folder.PathOf("result.png"));

        PaintSources sources = reproduction.GetSources(new PictureOverrides(), isResized: true);

        Assert.Equal(["tv-weight"], Assert.Single(sources.Changes).Change.Options.Keys);
    }

    private static PaintingResult Paint(
        WorkshopContext context, PaintSources sources, StylizeOptions options, string output)
        => new Painting(context, new PaintSettings { Engine = EngineOptions.Default, Encode = EncodeOptions.Default })
        {
            Sources = sources,
            Options = options,
            OutputPath = output,
        }.Run();
}
