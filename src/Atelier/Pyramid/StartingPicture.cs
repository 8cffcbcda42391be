using System.Diagnostics;
using Atelier.Engine.Statistics;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Options;

namespace Atelier.Pyramid;

/// <summary>Creates the initial picture of a run, at its smallest scale.</summary>
internal static class StartingPicture
{
    /// <summary>Creates a picture of the given size, as selected by the init option, mixed with noise.</summary>
    /// <param name="options">The options, with the kind of initial picture and the noise ratio.</param>
    /// <param name="initial">The supplied picture, for <see cref="InitKind.File"/>.</param>
    /// <param name="content">The photograph at that size.</param>
    /// <param name="styles">The styles at that size.</param>
    internal static PlanarPicture Create(
        StylizeOptions options, Picture? initial, PlanarPicture content, IReadOnlyList<SizedStyle> styles)
    {
        Random random = new(options.Seed);
        PlanarPicture start = options.Init switch
        {
            InitKind.Noise => content.Map(_ => random.NextSingle()),
            InitKind.Gray => content.Map(_ => 0.5f + ((random.NextSingle() - 0.5f) / 128)),
            InitKind.StyleStats => ColorNoise(content.Height, content.Width, styles, random),
            InitKind.File => PlanarPicture
                .From(initial ?? throw new ArgumentNullException(nameof(initial)))
                .Resize(content.Height, content.Width),
            InitKind.Content => content,
            InitKind unknown => throw new UnreachableException($"There is no start {unknown}."),
        };
        float ratio = (float)options.NoiseRatio;
        return start.Map(value =>
            Math.Clamp(ratio == 0 ? value : value + (ratio * (random.NextSingle() - value)), 0f, 1f));
    }

    /// <summary>Creates independent, normally distributed pixels with the styles' mean color and color
    /// covariance.</summary>
    private static PlanarPicture ColorNoise(int height, int width, IReadOnlyList<SizedStyle> styles, Random random)
    {
        (double[] mean, double[,] root) = ColorDistribution(styles);
        float[] values = new float[3 * height * width];
        int area = height * width;
        for (int i = 0; i < area; i++)
        {
            (double a, double b, double c) = (Normal(random), Normal(random), Normal(random));
            for (int plane = 0; plane < 3; plane++)
            {
                values[(plane * area) + i] =
                    (float)(mean[plane] + (root[plane, 0] * a) + (root[plane, 1] * b) + (root[plane, 2] * c));
            }
        }

        return new PlanarPicture(height, width, values);
    }

    /// <summary>Returns the mean and the Cholesky factor of the covariance of all the styles' pixels.</summary>
    private static (double[] Mean, double[,] Root) ColorDistribution(IReadOnlyList<SizedStyle> styles)
    {
        double pixels = styles.Sum(style => style.Pixels);
        FeatureStatistics colors =
            FeatureStatistics.Blend([.. styles.Select(style => (style.Color, style.Pixels / pixels))]);
        double[] covariance = new double[9];
        colors.Covariance(0, covariance);
        double[,] root = new double[3, 3];
        for (int p = 0; p < 3; p++)
        {
            for (int q = 0; q <= p; q++)
            {
                double sum = covariance[(p * 3) + q];
                for (int k = 0; k < q; k++)
                    sum -= root[p, k] * root[q, k];
                root[p, q] = p == q ? Math.Sqrt(Math.Max(0, sum)) : root[q, q] > 1e-9 ? sum / root[q, q] : 0;
            }
        }

        return (colors.Mean, root);
    }

    // Box and Muller 1958.
    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
