using Atelier.Color;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Options;

namespace Atelier.Regions;

/// <summary>Describes positions of a picture as points, by network features, color and location.</summary>
/// <remarks>Everything except the location is standardized within the picture, so that it tells whether a position is
/// brighter, bluer or more face-like than the picture's average. This makes a photograph and a painting comparable,
/// although their features differ throughout. Transparent positions do not count in the averages.</remarks>
internal static class PictureFeatures
{
    // Chosen by eye on portraits and landscapes: more weight on deep layers causes halos around objects, more weight on
    // color fragments them.
    private const float ColorWeight = 0.9f, PositionWeight = 0.6f;

    // The long side in pixels; pixels between two points; the deepest layer's pixels for each position.
    private const int LongSide = 256, Grid = 4, Deepest = 16;

    // A mirrored margin around the picture, because networks see their zero padding as an edge.
    private const int Margin = 2 * Deepest;

    private static readonly (string Layer, float Weight)[] Layers =
        [("relu3_4", 0.6f), ("relu4_3", 1f), ("relu5_1", 0.7f)];

    /// <summary>Returns the points of a picture.</summary>
    /// <param name="inspector">An inspector with the embedded network.</param>
    /// <param name="picture">The picture, of any size; transparent parts have continued colors.</param>
    /// <param name="height">Receives the number of rows of points.</param>
    /// <param name="width">Receives the number of points in a row.</param>
    /// <param name="opacities">Receives the opacity of each point.</param>
    internal static PointCloud Compute(
        Inspector inspector, Picture picture, out int height, out int width, out float[] opacities)
    {
        (int fittedWidth, int fittedHeight) = Resampler.Fit(picture.Width, picture.Height, LongSide);
        int pictureWidth = WholePositions(fittedWidth), pictureHeight = WholePositions(fittedHeight);
        PlanarPicture planes = PlanarPicture.From(picture, pictureHeight, pictureWidth).Clamp();
        (int rows, int columns) = (pictureHeight / Grid, pictureWidth / Grid);
        float[] weights = (Mask.OpacityOf(picture)?.Resize(rows, columns) ?? Mask.White(rows, columns)).Values;
        List<(float[] Plane, float Weight)> planesOfPoints = [];
        LayerSelection layers = LayerSelection.Parse(string.Join(',', Layers.Select(layer => layer.Layer)));
        foreach (LayerFeatures features in inspector.Features(planes.Extend(Margin).ToPicture(), layers))
        {
            float weight = Array.Find(Layers, layer => layer.Layer == features.Layer).Weight;
            planesOfPoints.AddRange(Standardized(features, rows, columns, weights)
                .Select(plane => (plane, weight / MathF.Sqrt(features.Channels))));
        }

        planesOfPoints.AddRange(Colors(planes, rows, columns, weights)
            .Select(plane => (plane, ColorWeight / MathF.Sqrt(3))));
        planesOfPoints.AddRange(Positions(rows, columns).Select(plane => (plane, PositionWeight / MathF.Sqrt(2))));
        PointCloud points = new(rows * columns, planesOfPoints.Count);
        for (int d = 0; d < planesOfPoints.Count; d++)
        {
            (float[] plane, float weight) = planesOfPoints[d];
            for (int i = 0; i < points.Count; i++)
                points[i][d] = plane[i] * weight;
        }

        (height, width, opacities) = (rows, columns, weights);
        return points;
    }

    private static int WholePositions(int pixels) => Math.Max(1, (int)Math.Round((double)pixels / Deepest)) * Deepest;

    /// <summary>Returns the channels of a layer at every point, each standardized to mean 0 and deviation 1. Square
    /// roots are used because a few values are far larger than all others.</summary>
    private static IEnumerable<float[]> Standardized(
        LayerFeatures features, int rows, int columns, float[] weights)
    {
        int scale = (int)Math.Round((double)((rows * Grid) + (2 * Margin)) / features.Height), margin = Margin / scale;
        int height = features.Height - (2 * margin), width = features.Width - (2 * margin);
        float[][] channels = [.. Enumerable.Range(0, features.Channels).Select(channel =>
        {
            float[] cropped = new float[height * width];
            ReadOnlySpan<float> map = features.Map(channel);
            for (int i = 0; i < cropped.Length; i++)
                cropped[i] = MathF.Sqrt(map[(((i / width) + margin) * features.Width) + (i % width) + margin]);
            return Resampler.ResizePlane(cropped, width, height, columns, rows, ResampleFilter.Bilinear);
        })];
        float whole = Deviation([.. channels.SelectMany(channel => channel)], weights);
        return channels.Select(channel =>
        {
            // A nearly constant channel carries no information and must not be amplified.
            float mean = (float)Mean(channel, weights), deviation = Deviation(channel, weights) + (1e-3f * whole);
            return Array.ConvertAll(channel, value => deviation > 0 ? (value - mean) / deviation : 0);
        });
    }

    /// <summary>Returns the weighted mean of one or more planes.</summary>
    private static double Mean(float[] values, float[] weights, Func<float, double>? function = null)
    {
        double sum = 0, total = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double weight = weights[i % weights.Length];
            sum += weight * (function?.Invoke(values[i]) ?? values[i]);
            total += weight;
        }

        return sum / total;
    }

    private static float Deviation(float[] values, float[] weights)
    {
        double mean = Mean(values, weights);
        return (float)Math.Sqrt(Mean(values, weights, value => (value - mean) * (value - mean)));
    }

    /// <summary>Returns lightness and the two chroma axes (Oklab); the chroma axes share one scale.</summary>
    private static float[][] Colors(PlanarPicture picture, int rows, int columns, float[] weights)
    {
        float[] Small(int plane) => new Mask(picture.Height, picture.Width, picture.Plane(plane).ToArray())
            .AverageTo(rows, columns).Values;
        Picture small = new(columns, rows, Small(0), Small(1), Small(2));
        float[][] centered = [.. Oklab.FromPicture(small).Select(plane =>
        {
            float mean = (float)Mean(plane, weights);
            return Array.ConvertAll(plane, value => value - mean);
        })];
        float lightness = Deviation(centered[0], weights) + 1e-3f;
        double chroma = 2 * Mean([.. centered[1], .. centered[2]], weights, value => (double)value * value);

        // In a picture with hardly any color, small differences must not be amplified.
        float scale = (float)Math.Sqrt(chroma) + 0.02f;
        return [.. centered.Select(
            (plane, i) => Array.ConvertAll(plane, value => value / (i == 0 ? lightness : scale)))];
    }

    /// <summary>The height in the picture and the distance from its center: skies are at the top, faces in the middle,
    /// backgrounds outside. Left and right have no meaning.</summary>
    private static float[][] Positions(int rows, int columns)
    {
        float[] down = new float[rows * columns], outward = new float[rows * columns];
        for (int i = 0; i < down.Length; i++)
        {
            float y = (((i / columns) + 0.5f) / rows * 2) - 1, x = (((i % columns) + 0.5f) / columns * 2) - 1;
            down[i] = y * MathF.Sqrt(3);
            outward[i] = ((MathF.Sqrt(((x * x) + (y * y)) / 2) * 2) - 1.1f) * MathF.Sqrt(3);
        }

        return [down, outward];
    }
}
