using Atelier.Engine.Cpu;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Tests;

/// <summary>Runs without a photograph. Alone, because the count of live memory is one for the process.</summary>
[Collection(nameof(RunAlone))]
public sealed class TextureTests
{
    private static readonly StylizeOptions Tiny = Presets.ByName["texture"] with
    {
        Size = 80,
        MinSize = 32,
        Iterations = 25,
        StyleLayers = LayerSelection.Parse("relu1_1,relu2_1,relu3_1"),
    };

    [Fact]
    public void Stylize_Aspect_ShapesThePictureAndFreesItsMemory()
    {
        long before = MemoryBlock.LiveBytes;
        Picture wide = Paint(Tiny with { Aspect = 1.5, Iterations = 1 });
        Picture tall = Paint(Tiny with { Aspect = 0.25, Iterations = 1, Tileable = true });
        Picture own = Paint(Tiny with { Size = null, Iterations = 1 });

        Assert.Equal((80, 53), (wide.Width, wide.Height));
        Assert.Equal((20, 80), (tall.Width, tall.Height));
        Assert.Equal((80, 80), (own.Width, own.Height));
        Assert.Equal(before, MemoryBlock.LiveBytes);
    }

    [Fact]
    public void Stylize_Tileable_HasNoSeam()
    {
        Picture repeating = Paint(Tiny with { Tileable = true }), other = Paint(Tiny);

        foreach (bool isColumn in (bool[])[true, false])
        {
            Assert.InRange(SeamToInside(repeating, isColumn), 0.6, 1.5);

            // A picture that does not repeat shows what the measure finds.
            Assert.InRange(SeamToInside(other, isColumn), 2, 100);
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Adam), InlineData(OptimizerKind.Lbfgs)]
    public void Stylize_TileableOnAnyNumberOfThreads_GivesTheSameBytes(OptimizerKind optimizer)
    {
        StylizeOptions options = Tiny with { Tileable = true, Optimizer = optimizer, Iterations = 3, Aspect = 0.8 };

        Assert.Equal(Paint(options, threads: 1).Red, Paint(options, threads: 3).Red);
    }

    [Fact]
    public void Stylize_TileableOfASizeThatDoesNotHalve_SaysWhichWould()
    {
        OptionsException error =
            Assert.Throws<OptionsException>(() => Paint(Tiny with { Tileable = true, Size = 82 }));
        Assert.Contains("82 x 82", error.Message, StringComparison.Ordinal);
        Assert.Contains("multiples of 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stylize_TexturesWithPlacesForAPhotograph_AreRefused()
    {
        Picture half = new(2, 1, [1, 0], [1, 0], [1, 0]);
        SpatialGuides guides = new() { StyleMasks = [StyleMask.FromPicture(half)] };
        OptionsException error = Assert.Throws<OptionsException>(() => Paint(Tiny, guides: guides));
        Assert.Contains("no content picture", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stylize_ContentWeightWithoutContent_SaysWhatToDo()
    {
        OptionsException error = Assert.Throws<OptionsException>(() => Paint(Tiny with { ContentWeight = 1 }));
        Assert.Contains("content-weight", error.Message, StringComparison.Ordinal);
        Assert.Throws<OptionsException>(() => Paint(Tiny with { Init = InitKind.Content }));
    }

    [Fact]
    public void Stylize_ContentAlone_ComesBackFromNoise()
    {
        PlanarPicture content = Numbers.Planes(5, 6, 8).Resize(36, 48).Clamp();
        StylizeOptions options = Presets.ByName["reconstruct"] with
        {
            Size = 48,
            ContentLayers = LayerSelection.Parse("relu1_2"),
            Iterations = 60,
        };
        using Stylizer stylizer = new();
        Picture result = stylizer.Stylize(
            new StylizeRequest { Content = content.ToPicture(), Styles = [], Options = options },
            cancel: TestContext.Current.CancellationToken).Picture;

        PlanarPicture painted = PlanarPicture.From(result);
        double error = painted.Values.Zip(content.Values, (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(error, 0, 0.05);
    }

    /// <summary>Mean difference between the first and the last row or column, relative to that of neighbors.</summary>
    private static double SeamToInside(Picture picture, bool isColumn)
    {
        (int length, int across) = isColumn ? (picture.Width, picture.Height) : (picture.Height, picture.Width);
        float At(int along, int place)
            => picture.Green[isColumn ? (place * picture.Width) + along : (along * picture.Width) + place];
        double Difference(int a, int b)
            => Enumerable.Range(0, across).Average(place => Math.Abs(At(a, place) - At(b, place)));
        double inside = Enumerable.Range(0, length - 1).Average(i => Difference(i, i + 1));
        return Difference(length - 1, 0) / inside;
    }

    private static Picture Paint(StylizeOptions options, int threads = 2, SpatialGuides? guides = null)
    {
        Picture style = Numbers.Planes(3, 11, 11).Resize(80, 80).Clamp().ToPicture();
        using Stylizer stylizer = new(new Atelier.Engine.EngineOptions { Threads = threads });
        return stylizer.Stylize(
            new StylizeRequest
            {
                Content = null,
                Styles = [style],
                Options = options,
                Guides = guides ?? SpatialGuides.None,
            },
            cancel: TestContext.Current.CancellationToken).Picture;
    }
}
