using Atelier.Imaging;

namespace Atelier.Benchmarks;

/// <summary>What can be measured of a painting without an eye.</summary>
/// <param name="FlatRelief">Fine contrast of the painting where the photograph is flat, over the artwork's where the
/// artwork is flat: above 1, flat parts have relief or ringing that the artwork does not have.</param>
/// <param name="Chroma">Mean chroma of the painting: 0 is gray.</param>
/// <param name="ArtworkChroma">Mean chroma of the artwork.</param>
/// <param name="ColorDistance">Sliced Wasserstein distance of the painting's colors from the artwork's (Rabin et al.
/// 2012).</param>
/// <param name="EdgeCorrelation">Correlation of the painting's edges with the photograph's: 1 is fully
/// legible.</param>
internal sealed record PictureMeasures(
    double FlatRelief, double Chroma, double ArtworkChroma, double ColorDistance, double EdgeCorrelation)
{
    // All pictures are compared at the same size, in pixels of the long side.
    private const int Side = 512;
    private const int FlatRadius = 8, Directions = 32, Quantiles = 256;
    private const double FlatShare = 0.25;

    internal static PictureMeasures Of(Picture painting, Picture photograph, Picture artwork)
    {
        (int width, int height) = Resampler.Fit(photograph.Width, photograph.Height, Side);
        (int artworkWidth, int artworkHeight) = Resampler.Fit(artwork.Width, artwork.Height, Side);
        Picture painted = Resampler.Resize(painting, width, height);
        Picture content = Resampler.Resize(photograph, width, height);
        Picture style = Resampler.Resize(artwork, artworkWidth, artworkHeight);
        double[] paintedEdges = Edges(painted), contentEdges = Edges(content), styleEdges = Edges(style);
        bool[] flat = Flattest(contentEdges, width, height);
        bool[] styleFlat = Flattest(styleEdges, artworkWidth, artworkHeight);
        return new PictureMeasures(
            Mean(paintedEdges, flat) / Math.Max(Mean(styleEdges, styleFlat), 1e-3), MeanChroma(painted),
            MeanChroma(style), ColorDistanceOf(painted, style), Correlation(paintedEdges, contentEdges));
    }

    /// <summary>Mean absolute difference of two pictures of one size, of values up to 1.</summary>
    internal static double MeanDifference(Picture a, Picture b)
        => Enumerable.Range(0, 3).Average(plane =>
            a.Planes[plane].Zip(b.Planes[plane], (x, y) => Math.Abs((double)x - y)).Average());

    /// <summary>The length of the brightness's gradient.</summary>
    private static double[] Edges(Picture picture)
    {
        (int width, int height) = (picture.Width, picture.Height);
        double[] brightness = Project(picture, 0.2126, 0.7152, 0.0722), edges = new double[brightness.Length];
        for (int y = 0; y + 1 < height; y++)
        {
            for (int x = 0; x + 1 < width; x++)
            {
                int i = (y * width) + x;
                double across = brightness[i + 1] - brightness[i], down = brightness[i + width] - brightness[i];
                edges[i] = Math.Sqrt((across * across) + (down * down));
            }
        }

        return edges;
    }

    /// <summary>The quarter of the positions around which there are the fewest edges.</summary>
    private static bool[] Flattest(double[] edges, int width, int height)
    {
        double[] around = new double[edges.Length];
        for (int i = 0; i < edges.Length; i++)
        {
            (int y, int x) = (i / width, i % width);
            double sum = 0;
            for (int v = Math.Max(0, y - FlatRadius); v <= Math.Min(height - 1, y + FlatRadius); v += 2)
            {
                for (int u = Math.Max(0, x - FlatRadius); u <= Math.Min(width - 1, x + FlatRadius); u += 2)
                    sum += edges[(v * width) + u];
            }

            around[i] = sum;
        }

        double limit = around.Order().ElementAt((int)(FlatShare * around.Length));
        return Array.ConvertAll(around, value => value <= limit);
    }

    private static double Mean(double[] values, bool[] where)
        => values.Where((_, i) => where[i]).DefaultIfEmpty(0).Average();

    private static double MeanChroma(Picture picture)
        => Enumerable.Range(0, picture.Red.Length).Average(i =>
        {
            (float red, float green, float blue) = (picture.Red[i], picture.Green[i], picture.Blue[i]);
            return (double)(Math.Max(red, Math.Max(green, blue)) - Math.Min(red, Math.Min(green, blue)));
        });

    private static double ColorDistanceOf(Picture a, Picture b)
    {
        Random random = new(1);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
        return Enumerable.Range(0, Directions).Average(_ =>
        {
            (double red, double green, double blue) = (Normal(), Normal(), Normal());
            double length = Math.Sqrt((red * red) + (green * green) + (blue * blue));
            double[] Sorted(Picture picture)
            {
                double[] values = Project(picture, red / length, green / length, blue / length);
                Array.Sort(values);
                return values;
            }

            double[] ofA = Sorted(a), ofB = Sorted(b);
            return Enumerable.Range(0, Quantiles).Average(q =>
                Math.Abs(ofA[(q * ofA.Length) / Quantiles] - ofB[(q * ofB.Length) / Quantiles]));
        });
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double product = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        double Square(double[] values, double mean) => values.Sum(value => (value - mean) * (value - mean));
        return product / Math.Sqrt(Math.Max(Square(a, meanA) * Square(b, meanB), 1e-12));
    }

    private static double[] Project(Picture picture, double red, double green, double blue)
    {
        double[] values = new double[picture.Red.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = (red * picture.Red[i]) + (green * picture.Green[i]) + (blue * picture.Blue[i]);
        return values;
    }
}
