using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Testing;
using Atelier.Video;
using FsCheck.Fluent;

namespace Atelier.Tests.Options;

public sealed class OptionTableTests
{
    [Fact]
    public void Table_OfEachKindOfOptions_HasEveryPropertyOnce()
    {
        Assert.Equal(PropertiesOf<StylizeOptions>(), StylizeOptionTable.All.Select(option => option.JsonName).Order());
        Assert.Equal(PropertiesOf<VideoOptions>(), VideoOptionTable.All.Select(option => option.JsonName).Order());
    }

    [Fact]
    public void Table_EveryOption_IsWrittenAsItsPropertyIsCalledAndHasAValidDefault()
    {
        Assert.Empty(StylizeOptions.Default.Validate(styleCount: 1));
        Assert.Empty(VideoOptions.Default.Validate());
        Assert.All(StylizeOptionTable.All, option =>
        {
            Assert.Equal(JsonNamingPolicy.KebabCaseLower.ConvertName(option.JsonName), option.Name);
            Assert.Matches("^[A-Z].*[^.]$", option.Help);
            Assert.Equal(option.Kind == OptionKind.Switch, option.Alone is not null);
        });
    }

    [Theory]
    [InlineData("size", "a", "size is 15; give 16 to 65535 pixels, or original.")]
    [InlineData("learning-rate", "b", "learning-rate is 0; give a number above 0, up to 1e+12, or auto.")]
    [InlineData("average", "c", "average is 1; give 0 or more, below 1.")]
    [InlineData("scale-factor", "d", "scale-factor is 1.01; give a number above 1.01.")]
    [InlineData("max-memory", "e", "max-memory is 5 bytes; give at least 100MB, or none.")]
    public void ProblemsWith_ValueOutsideItsRange_IsOneSentence(string name, string which, string expected)
    {
        StylizeOptions options = which switch
        {
            "a" => StylizeOptions.Default with { Size = 15 },
            "b" => StylizeOptions.Default with { LearningRate = 0 },
            "c" => StylizeOptions.Default with { Average = 1 },
            "d" => StylizeOptions.Default with { ScaleFactor = 1.01 },
            _ => StylizeOptions.Default with { MaxMemory = 5 },
        };

        Problem problem = Assert.Single(StylizeOptionTable.Get(name).ProblemsWith(options));

        Assert.Equal(expected, problem.ToString());
        Assert.Equal(name, problem.Option);
    }

    [Fact]
    public void ProblemsWith_UnknownMemberOfAnEnumeration_IsOne()
        => Assert.All(
            StylizeOptionTable.All.Where(option => option.Kind == OptionKind.Word),
            option => Assert.Single((StylizeOptions.Default with
            {
                Pooling = (Engine.Pooling)99,
                Padding = (Engine.Padding)99,
                Activations = (ActivationMode)99,
                LayerWeights = (LayerWeighting)99,
                ContentLoss = (ContentLossKind)99,
                StyleLoss = (StyleLossKind)99,
                Tv = (Engine.TotalVariationKind)99,
                Color = (ColorKind)99,
                ColorMatch = (ColorMatchKind)99,
                Optimizer = (OptimizerKind)99,
            }).Validate(1), problem => problem.Option == option.Name));

    [Fact]
    public void Validate_OptionsFromTheTable_HaveNoProblemByThemselves()
    {
        Properties.ForAll(ArbitraryOptions.Stylize, options =>
            Assert.Empty(StylizeOptionTable.All.SelectMany(option => option.ProblemsWith(options))));
        Properties.ForAll(ArbitraryOptions.Video, video => Assert.Empty(video.Validate()));
    }

    [Fact]
    public void Options_WrittenAndReadAsText_AreEqual()
    {
        Properties.ForAll(ArbitraryOptions.Stylize, options =>
            Assert.Equal(options, Reread(StylizeOptionTable.All, options, StylizeOptions.Default)));
        Properties.ForAll(ArbitraryOptions.Video, video =>
            Assert.Equal(video, Reread(VideoOptionTable.All, video, VideoOptions.Default)));
    }

    [Fact]
    public void Recipe_WrittenAndRead_IsEqualWithTheSameHashAndFitsTheSchema()
        => Properties.ForAll(ArbitraryOptions.Recipes, recipe =>
        {
            string json = recipe.ToJson();
            Recipe read = Recipe.Parse(json);

            Assert.Equal(recipe, read);
            Assert.Equal(recipe.GetHashCode(), read.GetHashCode());
            Assert.Equal(recipe.Options.GetHashCode(), read.Options.GetHashCode());
            Assert.Equal(json, read.ToJson());
            Assert.Empty(SchemaCheck.ProblemsWith(RecipeSchema.Text, json));
        });

    [Fact]
    public void Equals_OneOptionOfOthers_IsTrueWhereItIsWrittenTheSame()
        => Properties.ForAll(ArbitraryOptions.Stylize.Two(), pair => Assert.All(StylizeOptionTable.All, option =>
        {
            string text = option.Show(pair.Item2);
            Assert.Equal(option.Show(pair.Item1) == text, pair.Item1 == option.Change(pair.Item1, text));
        }));

    [Fact]
    public void Equals_EveryPropertyChanged_IsFalse()
    {
        Assert.All(StylizeOptionTable.All, option => AssertChanges(option, StylizeOptions.Default));
        Assert.All(VideoOptionTable.All, option => AssertChanges(option, VideoOptions.Default));
    }

    [Theory]
    [InlineData("""{"options": {"sise": 3}}""")]
    [InlineData("""{"options": {"size": 3}}""")]
    [InlineData("""{"options": {"size": 20.5}}""")]
    [InlineData("""{"options": {"average": 1}}""")]
    [InlineData("""{"options": {"padding": "zeros"}}""")]
    [InlineData("""{"options": {"scales": [15]}}""")]
    [InlineData("""{"styles": [{}]}""")]
    [InlineData("""{"styles": [{"path": 3}]}""")]
    [InlineData("""{"style": []}""")]
    [InlineData("""{"schemaVersion": 3}""")]
    [InlineData("""{"precision": "half"}""")]
    public void Schema_OfARecipe_RefusesWhatDoesNotFit(string json)
        => Assert.NotEmpty(SchemaCheck.ProblemsWith(RecipeSchema.Text, json));

    private static IEnumerable<string> PropertiesOf<T>()
        => typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order();

    private static TOptions Reread<TOptions>(
        ImmutableArray<OptionDefinition<TOptions>> table, TOptions options, TOptions defaults)
        => table.Aggregate(defaults, (read, option) => option.Change(read, option.Show(options)));

    private static void AssertChanges<TOptions>(OptionDefinition<TOptions> option, TOptions defaults)
        where TOptions : class
    {
        string other = ArbitraryOptions.TextOf(option).Sample(50).First(text =>
            option.Show(option.Change(defaults, text)) != option.Show(defaults));
        TOptions changed = option.Change(defaults, other);

        Assert.NotEqual(defaults, changed);
        Assert.Equal(changed, option.Change(changed, other));
        Assert.Equal(defaults, option.Change(changed, option.Show(defaults)));
    }
}
