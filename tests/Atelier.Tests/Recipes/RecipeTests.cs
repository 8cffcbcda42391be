using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;

namespace Atelier.Tests.Recipes;

public sealed class RecipeTests
{
    [Fact]
    public void Recipe_WrittenAndRead_IsTheSame()
    {
        Recipe recipe = new()
        {
            AtelierVersion = "1.2.3",
            Content = new RecipePicture("böse \"Pfade\"/a.png", "00ff"),
            Styles = [new RecipePicture("s.png"), new RecipePicture("t.png", "11")],
            Precision = Precision.BFloat16,
            StyleMasks = [new RecipePicture("m.png", "22"), new RecipePicture("rest")],
            StyleRegions = [new RecipePicture("all"), new RecipePicture("r.png")],
            Preserve = new RecipePicture("p.png"),
            ColorMask = new RecipePicture("c.png", "33"),
            Labels = new RecipePicture("l.png"),
            StyleLabels = [new RecipePicture("k.png", "44"), new RecipePicture("n.png")],
            Options = StylizeOptions.Default with
            {
                Size = null,
                Scales = [32, 64],
                StyleWeights = [0.1, 0.9],
                LearningRate = 0.125,
                ContentLoss = ContentLossKind.HalfSum,
                CorrelationChain = true,
                StyleLayers = LayerSelection.Parse("relu1_1=0.1,relu2_1=3"),
            },
            Changes =
            [
                RecipeChange.Create(
                    7, StylizeOptions.Default,
                    StylizeOptions.Default with { StyleWeights = [1, 2], ContentWeight = 0.25 }),
                RecipeChange.Create(9, StylizeOptions.Default, StylizeOptions.Default) with
                {
                    Masks = new RecipeMasks
                    {
                        StyleMasks = [new RecipePicture("rest")],
                        StyleRegions = [new RecipePicture("all")],
                        Labels = new RecipePicture("labels.png"),
                        StyleLabels = [new RecipePicture("artwork.png")],
                        ColorMask = new RecipePicture("color.png"),
                    },
                },
            ],
        };

        string json = recipe.ToJson();

        Assert.Equal(json, Recipe.Parse(json).ToJson());
        Assert.Equal(recipe, Recipe.Parse(json));
        Assert.Contains("\"options\":{\"content-weight\":\"0.25\",\"style-weights\":\"1,2\"}", json,
            StringComparison.Ordinal);
        Assert.Contains("\"contentLoss\":\"half-sum\"", json, StringComparison.Ordinal);
        Assert.Contains("\"styleLayers\":\"relu1_1=0.1,relu2_1=3\"", json, StringComparison.Ordinal);
        Assert.Contains("\"precision\":\"bfloat16\"", json, StringComparison.Ordinal);
        Assert.All(json, letter => Assert.InRange(letter, ' ', '~'));
    }

    [Fact]
    public void Recipe_Partial_TakesTheRestFromTheBaseline()
    {
        StylizeOptions baseline = StylizeOptions.Default with { Seed = 4 };

        Recipe recipe = Recipe.Parse("""{ "options": { "size": 300, } } // enough""", baseline);

        Assert.Equal(baseline with { Size = 300 }, recipe.Options);
        Assert.Null(recipe.Content);
        Assert.Equal(baseline, Recipe.Parse("{}", baseline).Options);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("{\n\"options\": }", "line 2")]
    [InlineData("""{"option": {}}""", "did you mean 'options'?")]
    [InlineData("""{"options": {"sise": 1}}""", "did you mean 'size'?")]
    [InlineData("""{"options": 3}""", "not an object")]
    [InlineData("""{"options": {"size": "big"}}""", "options.size: \"big\"")]
    [InlineData("""{"options": {"size": 1e99}}""", "options.size")]
    [InlineData("""{"options": {"pooling": "maxx"}}""", "did you mean 'max'?")]
    [InlineData("""{"options": {"pooling": 1}}""", "options.pooling: 1")]
    [InlineData("""{"options": {"network": null}}""", "options.network")]
    [InlineData("""{"options": {"styleLayers": "relu1_1="}}""", "relu1_1")]
    [InlineData("""{"options": {"styleLayers": null}}""", "options.styleLayers")]
    [InlineData("""{"options": {"scales": null}}""", "options.scales")]
    [InlineData("""{"options": {"scales": [1, "x"]}}""", "options.scales")]
    [InlineData("""{"options": {"size": 1, "size": 2}}""", "'size' occurs twice")]
    [InlineData("""{"content": {"path": "a", "\u0070ath": "b"}}""", "'path' occurs twice")]
    [InlineData("""{"\ud800": 1}""", "surrogate")]
    [InlineData("""{"options": {"network": "\ud800"}}""", "surrogate")]
    [InlineData("""{"styles": [null]}""", "list of pictures")]
    [InlineData("""{"styleMasks": [null]}""", "list of pictures")]
    [InlineData("""{"preserve": 3}""", "preserve")]
    [InlineData("""{"styles": [{"path": null}]}""", "styles[0].path")]
    [InlineData("""{"content": {}}""", "content")]
    [InlineData("""{"content": {"path": "a", "pth": 1}}""", "content")]
    [InlineData("""{"schemaVersion": 3, "atelierVersion": "9.9"}""", "9.9")]
    [InlineData("""{"options": {"padding": 2}}""", "options.padding: 2 is not a valid value; give one of zero")]
    [InlineData("""{"options": {"activations": -1}}""", "activations: -1 is not a valid value; give one of auto")]
    [InlineData("""{"options": {"activations": "nrmalized"}}""", "did you mean 'normalized'?")]
    [InlineData("""{"options": {"tileable": 1}}""", "give true or false")]
    [InlineData("""{"options": {"$schema": "x"}}""", "options.$schema")]
    public void Recipe_Junk_IsAnErrorThatNamesThePlace(string json, string expected)
    {
        AtelierException error = Assert.Throws<AtelierException>(() => Recipe.Parse(json));

        Assert.StartsWith("recipe: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recipe_OfVersion1_TurnsOffWhatCameLater()
    {
        Recipe old = Recipe.Parse("""{"schemaVersion": 1, "options": {"size": 256}}""");
        Recipe oldOnAPreset = Recipe.Parse("""{"schemaVersion": 1}""", StylizeOptions.Default with { Size = 300 });

        Assert.Equal(StylizeOptions.Version1 with { Size = 256 }, old.Options);
        Assert.Equal(300, oldOnAPreset.Options.Size);
        Assert.Equal(0, oldOnAPreset.Options.NeighborWeight);
        Assert.Equal(StylizeOptions.Default, Recipe.Parse("{}").Options);
        Assert.Equal(StylizeOptions.Version1, Recipe.Parse(old.ToJson()).Options with { Size = 512 });
    }

    // Version 0.1.0 wrote these two as numbers.
    [Theory]
    [InlineData("""{"options": {"padding": 1, "activations": 2}}""")]
    [InlineData("""{"$schema": "x", "options": {"padding": "REPLICATE", "activations": "normalized"}}""")]
    public void Recipe_PaddingAndActivations_AreReadAsWordsAndAsNumbersOfOld(string json)
    {
        Recipe recipe = Recipe.Parse(json);

        Assert.Equal(Padding.Replicate, recipe.Options.Padding);
        Assert.Equal(ActivationMode.Normalized, recipe.Options.Activations);
        Assert.Contains(
            "\"padding\":\"replicate\",\"activations\":\"normalized\"", recipe.ToJson(), StringComparison.Ordinal);
        Assert.Empty(RecipeDifference.Between(
            recipe.ToJson().Replace("\"replicate\"", "1", StringComparison.Ordinal), recipe.ToJson()));
    }

    [Fact]
    public void Recipe_WithAnotherListOrPicture_IsNotEqual()
    {
        Recipe recipe = new() { Styles = [new RecipePicture("a")] };

        Assert.Equal(recipe, new Recipe { Styles = [new RecipePicture("a")] });
        Assert.NotEqual(recipe, new Recipe { Styles = [new RecipePicture("b")] });
        Assert.NotEqual(recipe, recipe with { StyleRegions = recipe.Styles });
        Assert.NotEqual(recipe, recipe with { Preserve = recipe.Styles[0] });
        Assert.NotEqual(recipe, recipe with { Options = recipe.Options with { Scales = [512] } });
    }

    [Fact]
    public void Recipe_AnyTruncation_IsAnErrorOfTheLibrary()
    {
        string json = new Recipe { Content = new RecipePicture("a", "b") }.ToJson();

        for (int length = 0; length < json.Length; length++)
            Assert.Throws<AtelierException>(() => Recipe.Parse(json[..length]));
    }

    [Fact]
    public void Recipe_OfAPicture_ComesBack()
    {
        Picture picture = new(3, 2);

        Assert.Null(Recipe.FromPicture(picture));
        Assert.Equal(StylizeOptions.Default, Recipe.FromPicture(new Recipe().EmbedIn(picture))!.Options);
    }
}
