using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Tests;

/// <summary>What keeps a picture from being painted keeps it from being checked, foretold, judged and measured, for the
/// same reasons.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly Stylizer _stylizer = new(new EngineOptions { Threads = 1 });

    public static TheoryData<string> Names => [.. BadRequests.All.Keys];

    public void Dispose() => _stylizer.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Request_ThatCannotBePainted_IsRefusedAlikeByAll(string name)
    {
        (StylizeRequest request, bool isOfPainting, bool isOfStyle) = BadRequests.All[name];
        CancellationToken cancel = TestContext.Current.CancellationToken;

        ImmutableArray<Problem> expected = Problems(() => _stylizer.Stylize(request, cancel: cancel));

        Assert.NotEmpty(expected);
        Assert.Equal(expected, Problems(() => _stylizer.Check(request)));
        Assert.Equal(expected, Problems(() => _stylizer.Plan(request, cancel: cancel)));
        if (!isOfPainting)
        {
            Assert.Equal(expected, Problems(() => _stylizer.Evaluate(
                request.Content ?? new Picture(48, 35), request.Content, request.Styles, request.Options,
                request.Guides, request.Palette, cancel)));
        }

        if (isOfStyle)
        {
            Assert.Equal(expected, Problems(() => _stylizer.Extract(
                [.. request.Styles.Select(style => style.Picture!)], request.Options, sizes: null,
                request.Guides.StyleRegions)));
        }
    }

    [Fact]
    public void Kinds_ThatThereAreNot_AreNeverTakenForTheUsualOnes()
    {
        StylizeRequest good = BadRequests.Good;
        StylizeOptions options = good.Options;
        StylizeOptions[] unknown =
        [
            options with { Optimizer = (OptimizerKind)99 },
            options with { StyleLoss = (StyleLossKind)99 },
            options with { ContentLoss = (ContentLossKind)99 },
            options with { Init = (InitKind)99 },
            options with { Color = (ColorKind)99 },
            options with { Color = ColorKind.Match, ColorMatch = (ColorMatchKind)99 },
            options with { LayerWeights = (LayerWeighting)99 },
            options with { Pooling = (Pooling)99 },
        ];
        CancellationToken cancel = TestContext.Current.CancellationToken;

        Assert.True(_stylizer.Stylize(good, cancel: cancel).IsComplete);
        Assert.All(unknown, each => Assert.ThrowsAny<Exception>(
            () => _stylizer.Stylize(good with { Options = each }, cancel: cancel)));
    }

    private static ImmutableArray<Problem> Problems(Action action)
        => Assert.Throws<OptionsException>(action).Problems;
}
