using Atelier.Regions;
using Atelier.Testing;

namespace Atelier.Tests.Regions;

public sealed class GuidedFilterTests
{
    private const int Height = 17, Width = 29;

    [Fact]
    public void Apply_PlaneThatIsLinearInTheGuide_StaysAsItIs()
    {
        float[] guide = Numbers.Uniform(3, Height * Width);
        float[] plane = Array.ConvertAll(guide, value => (0.7f * value) + 0.1f);

        float[] filtered = new GuidedFilter(guide, Height, Width, 4, 1e-9).Apply(plane);

        Assert.All(filtered.Zip(plane), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void Apply_BlurredEdge_MovesToTheEdgeOfTheGuide()
    {
        float[] guide = Plane(x => x < 12 ? 0.2f : 0.8f), ramp = Plane(x => Math.Clamp((x - 8) / 8f, 0, 1));

        float[] filtered = new GuidedFilter(guide, Height, Width, 5, 1e-4).Apply(ramp);

        float step = filtered[(8 * Width) + 12] - filtered[(8 * Width) + 11];
        Assert.InRange(step, 0.4f, 1f);
        Assert.InRange(ramp[(8 * Width) + 12] - ramp[(8 * Width) + 11], 0f, 0.13f);
    }

    [Fact]
    public void Apply_FlatGuide_IsTheMeanOfMeansInsideThePlane()
    {
        float[] plane = Numbers.Uniform(5, Height * Width);

        float[] filtered = new GuidedFilter(new float[Height * Width], Height, Width, 2, 1e-4).Apply(plane);

        double Mean(Func<int, int, double> value, int y, int x)
        {
            List<double> window = [];
            for (int v = Math.Max(0, y - 2); v <= Math.Min(Height - 1, y + 2); v++)
            {
                for (int u = Math.Max(0, x - 2); u <= Math.Min(Width - 1, x + 2); u++)
                    window.Add(value(v, u));
            }

            return window.Average();
        }

        foreach ((int y, int x) in ((int, int)[])[(0, 0), (3, 28), (16, 1), (8, 14)])
        {
            double expected = Mean((v, u) => Mean((r, c) => plane[(r * Width) + c], v, u), y, x);
            Assert.Equal(expected, filtered[(y * Width) + x], 1e-5);
        }
    }

    private static float[] Plane(Func<int, float> valueOf)
        => [.. Enumerable.Range(0, Height * Width).Select(i => valueOf(i % Width))];
}
