using Atelier.Color;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Inspection;

namespace Atelier.Regions;

/// <summary>Finds matching regions in a photograph and artworks automatically.</summary>
/// <remarks>All pictures are clustered together by the embedded network's features, by color and by position, each
/// relative to the average of its own picture; parts in the same cluster form a pair. The region borders are then
/// aligned with the edges of the picture, and small patches are merged into their surroundings.</remarks>
public sealed class RegionFinder : IDisposable
{
    /// <summary>Maximum number of regions.</summary>
    public const int MaxRegions = 12;

    // Long side of the label pictures, and window sizes of the edge alignment.
    private const int LongSide = 768, Window = 18;

    private const double FlatVariance = 1e-3;

    // Fraction of a picture; anything smaller is neither a region nor part of one.
    private const double MinRegion = 0.02, MinPatch = 0.01;

    private readonly Inspector _inspector;

    /// <summary>Creates a region finder with its own worker threads.</summary>
    public RegionFinder(EngineOptions? engine = null) => _inspector = new Inspector("compact", engine: engine);

    /// <summary>Returns label pictures of the photograph and of each artwork. Deterministic.</summary>
    /// <param name="content">The photograph. Transparent parts of it and of the artworks take no part in the search;
    /// they belong to the region that continues into them.</param>
    /// <param name="styles">The artworks, one or more.</param>
    /// <param name="count">Number of regions to find, from 2 to <see cref="MaxRegions"/>. The result may have fewer,
    /// because a region must occur in the photograph and in at least one artwork.</param>
    /// <returns>Label pictures with the aspect ratios of the pictures and a long side of 768 pixels.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of range.</exception>
    /// <exception cref="OptionsException">A picture is wholly transparent.</exception>
    public RegionLabels Find(Picture content, IReadOnlyList<Picture> styles, int count)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(styles);
        ArgumentOutOfRangeException.ThrowIfZero(styles.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxRegions);
        InvisiblePicture.Refuse("content", content, "the content picture");
        foreach ((int i, Picture style) in styles.Index())
            InvisiblePicture.Refuse("style", style, $"style {i + 1}");
        Picture[] pictures = [content.Visible, .. styles.Select(style => style.Visible)];
        Places[] places = [.. pictures.Select(picture =>
        {
            PointCloud points = PictureFeatures.Compute(
                _inspector, picture, out int height, out int width, out float[] opacities);
            return new Places(points, height, width, opacities);
        })];
        double[] weights = [.. places.SelectMany(place => place.Weights)];
        PointCloud centers = KMeans.Cluster(PointCloud.Join([.. places.Select(place => place.Points)]), weights, count);
        centers = InCommon(places, centers);
        LabelMap[] maps = [.. pictures.Zip(places, (picture, place) => MapOf(picture, place, centers))];
        return new RegionLabels(
            LabelColors.Standard.Paint(maps[0]), [.. maps.Skip(1).Select(LabelColors.Standard.Paint)]);
    }

    /// <summary>Stops the worker threads.</summary>
    public void Dispose() => _inspector.Dispose();

    /// <summary>Drops centers, rarest first, that barely occur in the photograph or occur in no artwork, and orders the
    /// rest by their area in the photograph, largest first.</summary>
    private static PointCloud InCommon(Places[] places, PointCloud centers)
    {
        while (true)
        {
            double[][] shares = [.. places.Select(place => place.Shares(centers))];
            double CommonShare(int i) => Math.Min(shares[0][i], shares.Skip(1).Max(style => style[i]));
            int rarest = Enumerable.Range(0, centers.Count).MinBy(CommonShare);
            if (centers.Count == 1 || CommonShare(rarest) >= MinRegion)
            {
                return centers.Pick([.. Enumerable.Range(0, centers.Count).OrderByDescending(i => shares[0][i])]);
            }

            centers = centers.Pick([.. Enumerable.Range(0, centers.Count).Where(i => i != rarest)]);
        }
    }

    private static LabelMap MapOf(Picture picture, Places places, PointCloud centers)
    {
        (int width, int height) = Resampler.Fit(picture.Width, picture.Height, LongSide);
        Picture resized = PlanarPicture.From(picture, height, width).Clamp().ToPicture();
        float[] lightness = Oklab.FromPicture(resized)[0];
        GuidedFilter filter = new(lightness, height, width, Window, FlatVariance);
        int[] labels = new int[height * width];
        float[] highest = new float[height * width];
        Array.Fill(highest, float.NegativeInfinity);
        foreach ((int label, float[] membership) in places.Memberships(centers).Index())
        {
            float[] wide = filter.Apply(Resampler.ResizePlane(
                membership, places.Width, places.Height, width, height, ResampleFilter.Bilinear));
            for (int i = 0; i < labels.Length; i++)
            {
                if (wide[i] > highest[i])
                {
                    (labels[i], highest[i]) = (label, wide[i]);
                }
            }
        }

        return ConnectedComponents.Merge(new LabelMap(height, width, labels), (int)(MinPatch * labels.Length));
    }

    /// <summary>The points of a picture, row by row.</summary>
    private sealed record Places(PointCloud Points, int Height, int Width, float[] Opacities)
    {
        /// <summary>The fraction of the visible picture that each point stands for.</summary>
        internal double[] Weights { get; } = ToShares(Opacities);

        /// <summary>Returns the fraction of the visible picture that is nearest to each center.</summary>
        internal double[] Shares(PointCloud centers)
        {
            double[] shares = new double[centers.Count];
            foreach ((int i, float[] distances) in Distances(centers).Index())
                shares[KMeans.IndexOfMin(distances)] += Weights[i];
            return shares;
        }

        private static double[] ToShares(float[] opacities)
        {
            double sum = opacities.Sum(opacity => (double)opacity);
            return Array.ConvertAll(opacities, opacity => opacity / sum);
        }

        /// <summary>Returns soft memberships, from 0 to 1, of each point in each cluster, as one plane per cluster.
        /// </summary>
        internal float[][] Memberships(PointCloud centers)
        {
            float[][] distances = [.. Distances(centers)];
            float softness = Softness(distances);
            float[][] planes = [.. Enumerable.Range(0, centers.Count).Select(_ => new float[Points.Count])];
            for (int i = 0; i < Points.Count; i++)
            {
                float least = distances[i].Min();
                float[] chances = Array.ConvertAll(distances[i], distance => MathF.Exp((least - distance) / softness));
                float sum = chances.Sum();
                for (int center = 0; center < planes.Length; center++)
                    planes[center][i] = chances[center] / sum;
            }

            return planes;
        }

        /// <summary>Returns half of the typical difference between the distances to the second nearest and the nearest
        /// center.</summary>
        private static float Softness(float[][] distances)
        {
            float[] leads = Array.ConvertAll(distances, each =>
            {
                float[] sorted = [.. each.Order()];
                return sorted.Length > 1 ? sorted[1] - sorted[0] : 1;
            });
            Array.Sort(leads);
            return (0.5f * leads[leads.Length / 2]) + 1e-6f;
        }

        private IEnumerable<float[]> Distances(PointCloud centers)
        {
            for (int i = 0; i < Points.Count; i++)
            {
                float[] distances = new float[centers.Count];
                for (int k = 0; k < centers.Count; k++)
                    distances[k] = PointCloud.SquaredDistance(Points[i], centers[k]);
                yield return distances;
            }
        }
    }
}
