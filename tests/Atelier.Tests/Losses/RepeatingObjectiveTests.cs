using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Tests.Losses;

/// <summary>The objective of one period of a pattern: where the period begins does not matter, and it is the middle of
/// the pattern.</summary>
public sealed class RepeatingObjectiveTests
{
    private const int Height = 80, Width = 96;

    private static readonly StylizeOptions Period = Presets.ByName["texture"] with
    {
        Tileable = true,
        StyleLayers = LayerSelection.Parse("relu1_1,relu2_2,relu3_1,relu5_1"),
    };

    public static TheoryData<string, StylizeOptions> Objectives => new()
    {
        { "wasserstein", Period },
        { "gram, average, squared", Period with
            { StyleLoss = StyleLossKind.Gram, Pooling = Pooling.Average, Tv = TotalVariationKind.Squared } },
        { "chain, power", Period with
        {
            StyleLoss = StyleLossKind.Gram,
            CorrelationChain = true,
            ActivationShift = -1,
            Tv = TotalVariationKind.Power,
        } },
    };

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Evaluate_ShiftedAround_HasTheSameValueAndTheShiftedGradient(string name, StylizeOptions options)
    {
        PlanarPicture picture = Picture(1);
        Evaluation at = Evaluate(picture.ToPicture(), options);
        foreach ((int down, int right) in ((int, int)[])[(16, 0), (0, 48), (64, 80)])
        {
            Evaluation shifted = Evaluate(Shift(picture, down, right).ToPicture(), options);
            Assert.True(Math.Abs(at.Loss - shifted.Loss) < 2e-6 * at.Loss, $"{name}: {at.Loss} and {shifted.Loss}.");
            PlanarPicture gradient = new(Height, Width, [.. at.Gradient]);
            AssertClose(Shift(gradient, down, right).Values, [.. shifted.Gradient], 1e-4f);
        }
    }

    [Fact]
    public void Evaluate_WithoutTileable_DependsOnWhereThePictureBegins()
    {
        StylizeOptions options = Period with { Tileable = false };
        PlanarPicture picture = Picture(1);
        double loss = Evaluate(picture.ToPicture(), options).Loss;
        double shifted = Evaluate(Shift(picture, 16, 48).ToPicture(), options).Loss;
        Assert.True(Math.Abs(loss - shifted) > 1e-4 * loss, $"{loss} and {shifted} are nearly the same.");
    }

    [Fact]
    public void Evaluate_MiddleOfNinePeriods_IsThePeriod()
    {
        StylizeOptions options = Period with
        {
            TvWeight = 0,
            StyleLoss = StyleLossKind.Gram,
            StyleLayers = LayerSelection.Parse("relu1_1,relu2_2,relu3_1,relu4_1"),
        };
        PlanarPicture picture = Picture(1);
        float[] values = new float[9 * picture.Values.Length], middle = new float[9 * Height * Width];
        for (int i = 0; i < values.Length; i++)
        {
            (int row, int x) = Math.DivRem(i, 3 * Width);
            (int plane, int y) = Math.DivRem(row, 3 * Height);
            values[i] = picture.Values[(((plane * Height) + (y % Height)) * Width) + (x % Width)];
            if (plane == 0)
            {
                middle[i] = y / Height == 1 && x / Width == 1 ? 1 : 0;
            }
        }

        Picture mask = new(3 * Width, 3 * Height, middle, middle, middle);
        Evaluation expected = Evaluate(
            new PlanarPicture(3 * Height, 3 * Width, values).ToPicture(), options with { Tileable = false },
            new SpatialGuides { StyleMasks = [StyleMask.FromPicture(mask)] });

        Evaluation actual = Evaluate(picture.ToPicture(), options);

        Assert.Equal(expected.Loss, actual.Loss, 1e-5 * expected.Loss);
        Assert.Equal(4, actual.Terms.Length);
    }

    private static Evaluation Evaluate(Picture picture, StylizeOptions options, SpatialGuides? guides = null)
    {
        using Stylizer stylizer = new(new EngineOptions { Precision = Precision.Single });
        return stylizer.Evaluate(picture, content: null, [Picture(2).ToPicture()], options, guides);
    }

    /// <summary>Smooth, so that maxima are not decided by rounding.</summary>
    private static PlanarPicture Picture(int seed) => Numbers.Planes(seed, 23, 29).Resize(Height, Width).Clamp();

    private static PlanarPicture Shift(PlanarPicture picture, int down, int right)
    {
        float[] values = new float[picture.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (int row, int x) = Math.DivRem(i, Width);
            (int plane, int y) = Math.DivRem(row, Height);
            values[(((plane * Height) + ((y + down) % Height)) * Width) + ((x + right) % Width)] = picture.Values[i];
        }

        return picture with { Values = values };
    }

    private static void AssertClose(float[] expected, float[] actual, float tolerance)
    {
        float largest = expected.Max(Math.Abs);
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, tolerance * largest);
    }
}
