using Atelier.Imaging;
using Atelier.Optimizers;
using Atelier.Options;
using Atelier.Pyramid;
using Atelier.Testing;

namespace Atelier.Tests.Pyramid;

public sealed class StartingPictureTests
{
    private static readonly PlanarPicture Content = Numbers.Planes(1, 21, 34);
    private static readonly PlanarPicture Style = Numbers.Planes(2, 40, 33).Map(value => 0.4f + (0.2f * value));

    [Fact]
    public void Create_Content_IsTheContent() => Assert.Equal(Content.Values, Create(InitKind.Content).Values);

    [Fact]
    public void Create_Noise_DependsOnTheSeedAlone()
    {
        Assert.Equal(Create(InitKind.Noise, seed: 5).Values, Create(InitKind.Noise, seed: 5).Values);
        Assert.NotEqual(Create(InitKind.Noise, seed: 5).Values, Create(InitKind.Noise, seed: 6).Values);
        Assert.Equal(0.5, Create(InitKind.Noise).Values.Average(), 0.03);
    }

    [Fact]
    public void Create_Gray_IsNearlyFlat()
    {
        float[] values = Create(InitKind.Gray).Values;
        Assert.All(values, value => Assert.InRange(value, 0.496f, 0.504f));
        Assert.True(values.Distinct().Count() > 100);
    }

    [Fact]
    public void Create_StyleStats_HasTheColorsOfTheStyle()
    {
        PlanarPicture start = Create(InitKind.StyleStats);
        for (int plane = 0; plane < 3; plane++)
        {
            double[] style = Numbers.Doubles(Style.Plane(plane).ToArray());
            double[] found = Numbers.Doubles(start.Plane(plane).ToArray());
            Assert.Equal(style.Average(), found.Average(), 0.01);
            Assert.Equal(Deviation(style), Deviation(found), 0.01);
        }
    }

    [Fact]
    public void Create_StyleStatsOfAFlatStyle_IsThatColor()
    {
        StylizeRequest request = Request(InitKind.StyleStats, seed: 0);
        PlanarPicture start = StartingPicture.Create(request.Options, null, Content, [Style.Map(_ => 0.25f)]);
        Assert.All(start.Values, value => Assert.Equal(0.25f, value, 1e-3f));
    }

    [Fact]
    public void Create_File_IsResizedOrMissed()
    {
        StylizeRequest request = Request(InitKind.File, seed: 0);
        PlanarPicture start = StartingPicture.Create(
            request.Options, Numbers.Picture(3, 50, 60), Content, [Style]);
        Assert.Equal((21, 34), (start.Height, start.Width));
        Assert.All(start.Values, value => Assert.InRange(value, 0f, 1f));
        Assert.Throws<OptionsException>(request.Require);
    }

    [Fact]
    public void Create_NoiseRatio_MixesNoiseIn()
    {
        StylizeRequest request = Request(InitKind.Content, seed: 11);
        PlanarPicture mixed = StartingPicture.Create(
            request.Options with { NoiseRatio = 0.25 }, null, Content, [Style]);
        Assert.All(mixed.Values.Zip(Content.Values), pair =>
            Assert.InRange(pair.First, 0.75f * pair.Second, (0.75f * pair.Second) + 0.25f));
        Assert.NotEqual(Content.Values, mixed.Values);
    }

    [Fact]
    public void Enlarge_FlatState_ShrinksWithTheNumberOfPixels()
    {
        AdamState state = new(7, Filled(3 * 14 * 18, 0.5f), Filled(3 * 14 * 18, 0.25f));

        AdamState warm = WarmStart.Enlarge(state, (14, 18), (24, 32), margin: 2);

        const float shrink = 14f * 18 / (24 * 32);
        Assert.Equal(7, warm.Step);
        Assert.Equal(3 * 24 * 32, warm.Mean.Length);
        Assert.All(warm.Mean, value => Assert.Equal(0.5f * shrink, value, 1e-5f));
        Assert.All(warm.Square, value => Assert.Equal(0.25f * shrink * shrink, value, 1e-5f));
    }

    [Fact]
    public void Enlarge_SharpState_SquaresStayPositive()
    {
        float[] spikes = [.. Enumerable.Range(0, 3 * 11 * 13).Select(i => i % 7 == 0 ? 1f : 0f)];
        AdamState warm = WarmStart.Enlarge(new AdamState(1, spikes, spikes), (11, 13), (23, 27), margin: 1);
        Assert.All(warm.Square, value => Assert.True(value >= 0));
        Assert.Contains(warm.Mean, value => value < 0);
    }

    private static float[] Filled(int length, float value) => [.. Enumerable.Repeat(value, length)];

    private static double Deviation(double[] values)
        => Math.Sqrt(values.Average(value => value * value) - (values.Average() * values.Average()));

    private static StylizeRequest Request(InitKind kind, int seed) => new()
    {
        Content = Content.ToPicture(),
        Styles = [Style.ToPicture()],
        Options = StylizeOptions.Default with { Init = kind, Seed = seed },
    };

    private static PlanarPicture Create(InitKind kind, int seed = 0)
        => StartingPicture.Create(Request(kind, seed).Options, null, Content, [Style]);
}
