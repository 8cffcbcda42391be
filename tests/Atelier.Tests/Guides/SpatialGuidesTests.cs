using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Tests.Guides;

/// <summary>What guides do to an objective and to whole runs.</summary>
[Collection(nameof(RunAlone))]
public sealed class GuidesTests
{
    private const int Height = 61, Width = 83;

    private static readonly StylizeOptions Tiny = StylizeOptions.Version1 with
    {
        Size = null,
        MinSize = 40,
        Margin = 5,
        Iterations = 4,
        Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
    };

    public static TheoryData<OptimizerKind, StyleLossKind> Kinds => new()
    {
        { OptimizerKind.Adam, StyleLossKind.Wasserstein },
        { OptimizerKind.Lbfgs, StyleLossKind.Gram },
        { OptimizerKind.Gd, StyleLossKind.Moments },
    };

    public static TheoryData<StyleLossKind> Losses
        => [StyleLossKind.Wasserstein, StyleLossKind.Gram, StyleLossKind.Moments];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Evaluate_MaskOfAnyGray_IsThatOfWhite(StyleLossKind loss)
    {
        Evaluation white = Evaluate(loss, [Gray(1)]), gray = Evaluate(loss, [Gray(0.25f)]), none = Evaluate(loss, []);
        Assert.Equal(none.Loss, white.Loss, 1e-6 * none.Loss);
        Assert.Equal(white.Loss, gray.Loss, 1e-5 * none.Loss);
        float largest = none.Gradient.Max(Math.Abs);
        Assert.InRange(white.Gradient.Zip(gray.Gradient, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-4f * largest);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Evaluate_PictureTiledOfAStyle_FitsTheStyleInAMaskOfAnyArea(StyleLossKind loss)
    {
        // Vertical stripes: far from the border every row of features is the same, so a mask changes no statistic.
        Picture stripes = Picture((x, _) => x % 4 < 2 ? 0.9f : 0.2f);
        double Value(Func<int, int, float> mask)
        {
            using Stylizer stylizer = new(new EngineOptions { Threads = 2 });
            return stylizer.Evaluate(
                stripes, null, [Numbers.Picture(5, 40, 50)], Objective(loss) with
                {
                    StyleLayers = LayerSelection.Parse("relu1_1,relu2_1"),
                },
                new SpatialGuides { StyleMasks = [StyleMask.FromPicture(Picture(mask))] }).Loss;
        }

        double large = Value((_, y) => y is >= 12 and < 44 ? 1 : 0);
        double small = Value((_, y) => y is >= 20 and < 28 ? 1 : 0);
        Assert.Equal(large, small, 1e-4 * large);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Evaluate_MaskThatVanishesAtALayer_LeavesThatTermOutAndWarns(StyleLossKind loss)
    {
        Picture dot = Picture((x, y) => x == 20 && y is 30 or 31 ? 1 : 0);
        Evaluation evaluation = Evaluate(loss, [StyleMask.FromPicture(dot), StyleMask.Rest], styles: 2);
        Assert.True(double.IsFinite(evaluation.Loss));
        Assert.All(evaluation.Gradient, value => Assert.True(float.IsFinite(value)));
        Assert.DoesNotContain("style 1 relu5_1", evaluation.Terms.Select(term => term.Name));
        Assert.Contains("style 1 relu1_1", evaluation.Terms.Select(term => term.Name));
        Assert.Contains("style 2 relu5_1", evaluation.Terms.Select(term => term.Name));
        string warning = Assert.Single(evaluation.Warnings);
        Assert.StartsWith("style mask 1 ", warning, StringComparison.Ordinal);
        Assert.Contains("relu5_1", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("relu1_1", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_RegionThatVanishesAtALayer_LeavesThatTermOutAndWarns()
    {
        Picture dot = Picture((x, y) => x == 20 && y == 30 ? 1 : 0);
        using Stylizer stylizer = new(new EngineOptions { Threads = 2 });
        Evaluation evaluation = stylizer.Evaluate(
            Numbers.Picture(1, Height, Width), null, [Numbers.Picture(2, Height, Width)],
            Objective(StyleLossKind.Gram), new SpatialGuides { StyleRegions = [dot] });
        Assert.True(double.IsFinite(evaluation.Loss));
        Assert.DoesNotContain("style relu5_1", evaluation.Terms.Select(term => term.Name));
        Assert.StartsWith("style region 1 ", Assert.Single(evaluation.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Evaluate_SameMaskTwice_BlendsAsWithoutMasks(StyleLossKind loss)
    {
        Evaluation none = Evaluate(loss, [], styles: 2), white = Evaluate(loss, [Gray(1), Gray(1)], styles: 2);
        Assert.Equal(none.Terms.Select(term => term.Name), white.Terms.Select(term => term.Name));
        Assert.Equal(none.Loss, white.Loss, 1e-5 * none.Loss);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stylize_Preserve_KeepsWhiteExactlyAndPaintsTheRest(OptimizerKind optimizer, StyleLossKind loss)
    {
        Picture content = Numbers.Picture(1, Height, Width);
        float Share(int x, int y) => x < 30 ? 1 : x < 40 ? 0.5f : 0;
        long before = MemoryBlock.LiveBytes;
        SpatialGuides guides = new() { Preserve = Picture(Share) };
        Picture painted = Paint(optimizer, loss, guides, InitKind.Noise, threads: 2);
        Assert.Equal(before, MemoryBlock.LiveBytes);
        for (int i = 0; i < Height * Width; i++)
        {
            if (i % Width < 30)
            {
                Assert.Equal(content.Green[i], painted.Green[i]);
            }
        }

        Assert.True(MeanDifference(content, painted, 60, Width) > 0.1);
        Assert.True(MeanDifference(content, painted, 30, 40) < 0.7 * MeanDifference(content, painted, 40, Width));
    }

    [Fact]
    public void Stylize_PlaceOutsideEveryMask_StaysThePhotograph()
    {
        Picture content = Numbers.Picture(1, Height, Width);
        StyleMask left = StyleMask.FromPicture(Picture((x, _) => x < 30 ? 1 : 0));
        Picture painted = Paint(
            OptimizerKind.Adam, StyleLossKind.Wasserstein, new SpatialGuides { StyleMasks = [left, left] },
            InitKind.Noise, threads: 2);
        Assert.True(MeanDifference(content, painted, 0, 30) > 0.1);
        Assert.Equal(0, MeanDifference(content, painted, 30, Width));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stylize_AnyNumberOfThreads_GivesTheSameBytes(OptimizerKind optimizer, StyleLossKind loss)
    {
        SpatialGuides guides = new()
        {
            StyleMasks = [StyleMask.FromPicture(Numbers.Picture(7, 30, 31)), StyleMask.Rest],
            StyleRegions = [Numbers.Picture(8, 9, 40), null],
            Preserve = Numbers.Picture(9, 12, 13),
        };
        float[] expected = Paint(optimizer, loss, guides, InitKind.Content, threads: 1).Red;
        Assert.Equal(expected, Paint(optimizer, loss, guides, InitKind.Content, threads: 3).Red);
    }

    [Fact]
    public void Plan_Masks_TakeTheirMemory()
    {
        using Stylizer stylizer = new(new EngineOptions { Threads = 2 });
        StylizeRequest plain = Request(Tiny, SpatialGuides.None);
        StylizeRequest masked = plain with { Guides = new SpatialGuides { StyleMasks = [Gray(1), Gray(0.5f)] } };
        Assert.True(stylizer.Plan(masked).PeakBytes > stylizer.Plan(plain).PeakBytes);
    }

    [Fact]
    public void Stylize_TooFewMasks_IsRefused()
    {
        SpatialGuides guides = new() { StyleMasks = [Gray(1)] };
        Assert.Throws<OptionsException>(
            () => Paint(OptimizerKind.Adam, StyleLossKind.Gram, guides, InitKind.Content, threads: 1));
    }

    private static Picture Paint(
        OptimizerKind optimizer, StyleLossKind loss, SpatialGuides guides, InitKind init, int threads,
        StylizeOptions? options = null)
    {
        using Stylizer stylizer = new(new EngineOptions { Threads = threads });
        return stylizer.Stylize(Request(
            (options ?? Tiny) with { Optimizer = optimizer, StyleLoss = loss, Init = init }, guides)).Picture;
    }

    private static StylizeRequest Request(StylizeOptions options, SpatialGuides guides) => new()
    {
        Content = Numbers.Picture(1, Height, Width),
        Styles = [Numbers.Picture(2, 40, 70), Picture((x, y) => (x + y) % 9 / 9f)],
        Guides = guides,
        Options = options,
    };

    private static Evaluation Evaluate(StyleLossKind loss, ImmutableArray<StyleMask> masks, int styles = 1)
    {
        using Stylizer stylizer = new(new EngineOptions { Threads = 2 });
        return stylizer.Evaluate(
            Numbers.Picture(1, Height, Width), null,
            [.. new[] { Numbers.Picture(2, 40, 70), Numbers.Picture(3, 50, 30) }.Take(styles)],
            Objective(loss), new SpatialGuides { StyleMasks = masks });
    }

    private static StylizeOptions Objective(StyleLossKind loss)
        => Tiny with { StyleLoss = loss, ContentWeight = 0, TvWeight = 0 };

    private static StyleMask Gray(float gray) => StyleMask.FromPicture(Picture((_, _) => gray));

    private static Picture Picture(Func<int, int, float> valueAt)
    {
        float[] plane = [.. Enumerable.Range(0, Height * Width).Select(i => valueAt(i % Width, i / Width))];
        return new Picture(Width, Height, plane, plane, plane);
    }

    private static double MeanDifference(Picture a, Picture b, int left, int right)
        => Enumerable.Range(0, Height * Width).Where(i => i % Width >= left && i % Width < right)
            .Average(i => Math.Abs(a.Green[i] - b.Green[i]));
}
