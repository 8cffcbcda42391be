using Atelier.Options;
using Atelier.Recipes;
using Atelier.Testing;

namespace Atelier.Tests;

/// <summary>Paintings that were steered, and go on after their process was killed.</summary>
public sealed class StylizeSessionCheckpointTests : IDisposable
{
    private static readonly StylizeRequest Request = new()
    {
        Content = Numbers.Picture(1, 37, 49),
        Styles = [Numbers.Picture(2, 40, 31)],
        Options = StylizeOptions.Default with
        {
            Scales = [29, 41],
            Size = 41,
            Iterations = 7,
            InitialIterations = null,
            IterationGrowth = 0,
            Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
        },
    };

    private readonly Stylizer _stylizer = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Written => _folder.PathOf("unfinished");

    public void Dispose()
    {
        _stylizer.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(6), InlineData(8), InlineData(12), InlineData(14)]
    public void Paint_KilledAfterAChange_ResumesToTheSameBytes(int killed)
    {
        string kept = _folder.PathOf("kept");
        using StylizeSession session = Open();
        StylizeResult whole = session.Paint(
            new Reporter(step =>
            {
                if (step.RunIteration == 3)
                {
                    session.Change(session.Options with { ContentWeight = 0.5 });
                }
                else if (step.RunIteration == killed)
                {
                    File.Copy(Written, kept);
                }
            }), Cancel);

        Recipe recipe = CheckpointOptions.ReadRecipe(kept);
        StylizeOptions changed = Assert.Single(recipe.Changes).Apply(recipe.Options);
        using StylizeSession resumed = new(_stylizer, Request with
        {
            Changes = [new StylizeChange(recipe.Changes[0].AfterIteration, changed)],
            Checkpoint = new CheckpointOptions { Path = kept, Recipe = recipe, Resume = true },
        });
        List<int> painted = [];
        StylizeResult rest = resumed.Paint(new Reporter(step => painted.Add(step.RunIteration)), Cancel);

        Assert.Equal(whole.Picture.Planes, rest.Picture.Planes);
        Assert.Equal(0.5, resumed.Options.ContentWeight);
        Assert.Equal(Enumerable.Range(killed - 1, 16 - killed), painted);
    }

    [Fact]
    public void ReturnTo_SavesTheMomentInPlaceOfTheLaterState()
    {
        using StylizeSession session = Open();
        List<int> changes = [];
        session.Paint(
            new Reporter(step =>
            {
                if (changes.Count > 0)
                {
                    changes.Add(CheckpointOptions.ReadRecipe(Written).Changes.Length);
                }
                else if (step.RunIteration == 3)
                {
                    session.Change(session.Options with { ContentWeight = 0.5 });
                }
                else if (step.RunIteration == 9)
                {
                    changes.Add(CheckpointOptions.ReadRecipe(Written).Changes.Length);
                    session.ReturnTo(session.Moments.Single(moment => moment.Iterations == 3));
                }
            }), Cancel);

        Assert.Equal([1, .. Enumerable.Repeat(0, 11)], changes);
    }

    [Fact]
    public void Paint_CheckpointThatCannotBeWritten_IsReported_AndThePictureCompletes()
    {
        List<Exception> failures = [];
        CheckpointOptions nowhere = new()
        {
            Path = _folder.PathOf(Path.Combine("missing", "state")),
            Recipe = new Recipe { Options = Request.Options },
            Every = 5,
        };

        StylizeResult result = _stylizer.Stylize(
            Request with { Checkpoint = nowhere with { OnFailure = failures.Add } }, cancel: Cancel);

        Assert.True(result.IsComplete);
        Assert.Equal(2, failures.Count);
        Assert.Throws<IOException>(
            () => _stylizer.Stylize(Request with { Checkpoint = nowhere }, cancel: Cancel));
    }

    [Fact]
    public void ReadRecipe_OfAnotherFile_IsRefused()
    {
        File.WriteAllText(Written, "not a checkpoint");

        AtelierException error =
            Assert.ThrowsAny<AtelierException>(() => CheckpointOptions.ReadRecipe(Written));
        Assert.Contains(Written, error.Message);
        Assert.Contains(
            "not a checkpoint",
            Assert.ThrowsAny<AtelierException>(
                () => CheckpointOptions.ReadRecipe(Fixture.PathOf("reference", "narrow_vgg19.safetensors"))).Message);
    }

    /// <summary>A session that saves its state after every second iteration.</summary>
    private StylizeSession Open()
    {
        StylizeSession? session = null;
        Recipe recipe = new() { Options = Request.Options };
        session = new StylizeSession(_stylizer, Request with
        {
            Checkpoint = new CheckpointOptions
            {
                Path = Written,
                Recipe = recipe,
                Every = 2,
                RecipeNow = () => recipe with
                {
                    Changes = [.. session!.Request.Changes.Select(change => RecipeChange.Create(
                        change.AfterIteration, Request.Options, change.Options))],
                },
            },
        });
        return session;
    }

    private sealed class Reporter(Action<StylizeProgress> report) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value) => report(value);
    }
}
