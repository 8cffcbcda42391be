using Atelier.Color;
using Atelier.Imaging;
using Atelier.Testing;

namespace Atelier.Tests.Color;

public sealed class LocalContrastTests
{
    [Theory]
    [InlineData(37, 23, 1), InlineData(23, 37, 0.4), InlineData(101, 67, 1)]
    public void Strengthen_AnyPicture_AmplifiesTheDeviationFromTheLocalMean(int height, int width, double amount)
    {
        PlanarPicture picture = Faint(height, width);

        PlanarPicture result = LocalContrast.Strengthen(picture, amount);

        Numbers.AssertClose(Expected(picture, amount), Numbers.Doubles(result.Values), 1e-6);
    }

    [Fact]
    public void Strengthen_FaintJoints_AreMoreThanTwiceAsStrongAndKeepTheirColor()
    {
        // Vertical joints in a wall, 0.02 darker than its stones.
        PlanarPicture wall = Wall(61, 83, joint: 0.02f);

        PlanarPicture result = LocalContrast.Strengthen(wall, 1);

        int joint = (30 * 83) + 40, stone = joint + 5, area = 61 * 83;
        Assert.InRange(result.Values[stone] - result.Values[joint], 2.2f * 0.02f, 2.8f * 0.02f);
        Assert.Equal(
            wall.Values[joint] - wall.Values[joint + area], result.Values[joint] - result.Values[joint + area], 1e-6f);
    }

    [Fact]
    public void Strengthen_StrongContrastOrNone_StaysAsItIs()
    {
        PlanarPicture strong = Wall(61, 83, joint: 0.9f, distance: 3), flat = Wall(61, 83, joint: 0);

        Assert.Equal(strong.Values, LocalContrast.Strengthen(strong, 1).Values);
        Assert.Equal(flat.Values, LocalContrast.Strengthen(flat, 1).Values);
        Assert.Same(flat, LocalContrast.Strengthen(flat, 0));
    }

    [Fact]
    public void Strengthen_Grain_IsHardlyAmplified()
    {
        Random random = new(4);
        PlanarPicture grain = Wall(61, 83, joint: 0).Map(value => value + (0.002f * (random.NextSingle() - 0.5f)));

        PlanarPicture result = LocalContrast.Strengthen(grain, 1);

        Assert.True(Spread(result) < 1.1 * Spread(grain));
    }

    [Theory]
    [InlineData(37, 23, 1), InlineData(23, 37, 0.4)]
    public void Salience_AnyPicture_IsTheLocalVarianceWithinLimits(int height, int width, double amount)
    {
        PlanarPicture picture = Faint(height, width);

        Mask salience = LocalContrast.Salience(picture, amount)!;

        int radius = Math.Max(2, (int)(0.02 * Math.Max(height, width)));
        double[] variances = Moments(picture, radius).Variances;
        Numbers.AssertClose(
            [.. variances.Select(variance => 1 + (amount * (Math.Clamp(variance / 0.0196, 0.25, 1.5) - 1)))],
            Numbers.Doubles(salience.Values), 1e-5);
    }

    [Fact]
    public void Salience_FlatPartBesideContrast_IsLowAndHigh()
    {
        PlanarPicture half = Filled(61, 83, (_, x, _) => x >= 40 && x % 2 == 0 ? 0.9f : 0.2f);

        Mask salience = LocalContrast.Salience(half, 1)!;

        Assert.Equal(0.25f, salience.Values[(30 * 83) + 10], 1e-6f);
        Assert.Equal(1.5f, salience.Values[(30 * 83) + 70], 1e-6f);
        Assert.Null(LocalContrast.Salience(half, 0));
    }

    private static double Spread(PlanarPicture picture)
    {
        double[] red = Numbers.Doubles(picture.Plane(0).ToArray());
        double mean = red.Average();
        return Math.Sqrt(red.Average(value => (value - mean) * (value - mean)));
    }

    private static PlanarPicture Wall(int height, int width, float joint, int distance = 10)
        => Filled(height, width, (_, x, plane) => 0.95f - (0.02f * plane) - (x % distance == 0 ? joint : 0));

    private static PlanarPicture Faint(int height, int width)
    {
        Random random = new(height);
        return Filled(height, width, (y, x, plane) => (float)(0.5 + (0.3 * Math.Sin(0.1 * y) * Math.Cos(0.13 * x))
            + (0.05 * ((x + y) % 7 == 0 ? 1 : 0)) + (0.03 * plane) + (0.02 * random.NextDouble())));
    }

    private static PlanarPicture Filled(int height, int width, Func<int, int, int, float> value)
        => new(height, width, [.. Enumerable.Range(0, 3 * height * width).Select(i =>
            value(i / width % height, i % width, i / (height * width)))]);

    /// <summary>The definition, position by position.</summary>
    private static double[] Expected(PlanarPicture picture, double amount)
    {
        int area = picture.Height * picture.Width;
        (double[] brightness, double[] means, double[] variances) =
            Moments(picture, Math.Max(2, (int)(0.03 * Math.Max(picture.Height, picture.Width))));
        return [.. picture.Values.Select((value, i) =>
        {
            double light = brightness[i % area], variance = variances[i % area];
            double gain = Math.Min(4, Math.Max(1, 0.16 / Math.Sqrt(variance + (0.006 * 0.006))));
            double certainty = variance / (variance + (0.006 * 0.006));
            double changed = light + (amount * certainty * (gain - 1) * (light - means[i % area]));
            return Math.Clamp(value + Math.Clamp(changed, 0, 1) - light, 0, 1);
        })];
    }

    private static (double[] Brightness, double[] Means, double[] Variances) Moments(PlanarPicture picture, int radius)
    {
        (int height, int width) = (picture.Height, picture.Width);
        int area = height * width;
        double[] Average(double[] plane) => [.. Enumerable.Range(0, area).Select(i =>
        {
            (int y, int x) = (i / width, i % width);
            return (
                from v in Enumerable.Range(y - radius, (2 * radius) + 1)
                from u in Enumerable.Range(x - radius, (2 * radius) + 1)
                where v >= 0 && v < height && u >= 0 && u < width
                select plane[(v * width) + u]).Average();
        })];
        double[] brightness = [.. Enumerable.Range(0, area).Select(i => (0.2126 * picture.Values[i])
            + (0.7152 * picture.Values[area + i]) + (0.0722 * picture.Values[(2 * area) + i]))];
        double[] means = Average(Average(brightness));
        return (
            brightness, means,
            Average(Average([.. brightness.Zip(means, (value, mean) => Math.Pow(value - mean, 2))])));
    }
}
