using Atelier.Engine;
using Atelier.Engine.Statistics;

namespace Atelier.PublicApi.Tests.Engines;

/// <content>Losses on features.</content>
internal sealed partial class NaiveEngine
{
    public double SquaredDistance(FeatureMap a, FeatureMap b, Rows rows, PositionWeights? weights)
    {
        double sum = 0;
        foreach ((int y, int x) in Positions(a.Shape, rows))
        {
            for (int c = 0; c < a.Shape.Channels; c++)
                sum += WeightOf(weights, y, x) * Math.Pow((double)Of(a).At(y, x)[c] - Of(b).At(y, x)[c], 2);
        }

        return sum;
    }

    public void AddScaledDifference(
        FeatureMap a, FeatureMap b, float scale, FeatureMap gradient, Rows rows, PositionWeights? weights)
    {
        foreach ((int y, int x) in Positions(a.Shape, rows))
        {
            Span<float> features = Of(a).At(y, x), target = Of(b).At(y, x), sums = Of(gradient).At(y, x);
            float factor = scale * (float)WeightOf(weights, y, x);
            for (int c = 0; c < sums.Length; c++)
                sums[c] = features[c] > 0 ? sums[c] + (factor * (features[c] - target[c])) : 0;
        }
    }

    public void AddMoments(FeatureMap map, MomentSums sums, Rows rows, PositionWeights? weights)
    {
        int channels = map.Shape.Channels;
        foreach ((int y, int x) in Positions(map.Shape, rows))
        {
            Span<float> f = Of(map).At(y, x);
            double weight = WeightOf(weights, y, x);
            sums.Count += weight;
            for (int i = 0; i < channels; i++)
            {
                sums.Values[i] += weight * f[i];
                for (int j = 0; j < channels; j++)
                    sums.Products[(i * channels) + j] += weight * f[i] * f[j];
            }
        }
    }

    public void AddMomentsGradient(
        FeatureMap map, MomentGradient derivative, FeatureMap gradient, Rows rows, PositionWeights? weights)
    {
        int channels = map.Shape.Channels;
        foreach ((int y, int x) in Positions(map.Shape, rows))
        {
            Span<float> f = Of(map).At(y, x), sums = Of(gradient).At(y, x);
            for (int c = 0; c < channels; c++)
            {
                double sum = derivative.Values[c];
                for (int i = 0; i < channels; i++)
                    sum += 2 * derivative.Products[(c * channels) + i] * f[i];
                sums[c] = f[c] > 0 ? (float)(sums[c] + (WeightOf(weights, y, x) * sum)) : 0;
            }
        }
    }

    public void AddCrossMoments(
        FeatureMap deeper, FeatureMap shallower, float shift, double[] products, PositionWeights? weights)
    {
        foreach ((int y, int x) in Positions(shallower.Shape, Rows.All(shallower)))
        {
            Span<float> f = Paired(deeper, shallower, y, x), g = Of(shallower).At(y, x);
            double weight = WeightOf(weights, y, x);
            for (int i = 0; i < f.Length; i++)
            {
                for (int j = 0; j < g.Length; j++)
                    products[(i * g.Length) + j] += weight * ((double)f[i] + shift) * ((double)g[j] + shift);
            }
        }
    }

    public void AddCrossMomentsGradient(
        FeatureMap map, FeatureMap other, float shift, double[] derivative, FeatureMap gradient, Rows rows,
        PositionWeights? weights)
    {
        bool isLarger = map.Shape.Area >= other.Shape.Area;
        FeatureMap larger = isLarger ? map : other;
        NaiveMap sums = new(map.Shape);
        foreach ((int y, int x) in Positions(larger.Shape, Rows.All(larger)))
        {
            Span<float> o = isLarger ? Paired(other, map, y, x) : Of(other).At(y, x);
            Span<float> target = isLarger ? sums.At(y, x) : Paired(sums, other, y, x);
            for (int c = 0; c < target.Length; c++)
            {
                double sum = 0;
                for (int i = 0; i < o.Length; i++)
                    sum += derivative[(i * target.Length) + c] * ((double)o[i] + shift);
                target[c] += (float)(WeightOf(weights, y, x) * sum);
            }
        }

        foreach ((int y, int x) in Positions(map.Shape, rows))
        {
            Span<float> target = Of(gradient).At(y, x);
            for (int c = 0; c < target.Length; c++)
                target[c] = Of(map).At(y, x)[c] > 0 ? target[c] + sums.At(y, x)[c] : 0;
        }
    }

    /// <summary>What of a smaller map is repeated at a position of a larger one.</summary>
    private static Span<float> Paired(FeatureMap smaller, FeatureMap larger, int y, int x)
        => Of(smaller).At(
            y * smaller.Shape.Height / larger.Shape.Height, x * smaller.Shape.Width / larger.Shape.Width);
}
