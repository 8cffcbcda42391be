using Atelier.Engine;
using Atelier.Engine.Statistics;
using Atelier.Losses;

namespace Atelier.Testing;

/// <summary>Operations on all rows of a map at once.</summary>
internal static class WholeMaps
{
    internal static void Normalize(
        this IEngine engine, Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output)
        => engine.Normalize(picture, mean, std, output, Padding.Zero, Rows.Of(output));

    internal static void NormalizeBackward(
        this IEngine engine, FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient)
        => engine.NormalizeBackward(outputGradient, std, pictureGradient, Padding.Zero, Rows.Of(outputGradient));

    internal static void ConvolveRelu(
        this IEngine engine, Filter filter, FeatureMap input, FeatureMap output, BitMap? signs)
        => engine.ConvolveRelu(filter, input, output, signs, Rows.Of(output));

    internal static void ConvolveBackward(
        this IEngine engine, Filter filter, FeatureMap outputGradient, FeatureMap inputGradient, BitMap? inputSigns)
        => engine.ConvolveBackward(filter, outputGradient, inputGradient, inputSigns, Rows.Of(inputGradient));

    internal static void Pool(
        this IEngine engine, Pooling pooling, FeatureMap input, FeatureMap output, BitMap? places)
        => engine.Pool(pooling, input, output, places, Rows.Of(output));

    internal static void PoolBackward(
        this IEngine engine, Pooling pooling, FeatureMap outputGradient, BitMap? places, FeatureMap inputGradient,
        BitMap? inputSigns)
        => engine.PoolBackward(pooling, outputGradient, places, inputGradient, inputSigns, Rows.Of(inputGradient));

    internal static void Clear(this IEngine engine, FeatureMap map) => engine.Clear(map, Rows.Of(map));

    internal static void Copy(this IEngine engine, FeatureMap source, FeatureMap target)
        => engine.Copy(source, target, Rows.Of(target));

    internal static double SquaredDistance(this IEngine engine, FeatureMap a, FeatureMap b)
        => engine.SquaredDistance(a, b, Rows.Of(a));

    internal static void AddScaledDifference(
        this IEngine engine, FeatureMap a, FeatureMap b, float scale, FeatureMap gradient)
        => engine.AddScaledDifference(a, b, scale, gradient, Rows.Of(gradient));

    internal static void AddMoments(this IEngine engine, FeatureMap map, MomentSums sums, WeightPlane? weights = null)
        => engine.AddMoments(map, sums, Rows.Of(map), weights);

    internal static void AddMomentsGradient(
        this IEngine engine, FeatureMap map, MomentGradient derivative, FeatureMap gradient,
        WeightPlane? weights = null)
        => engine.AddMomentsGradient(map, derivative, gradient, Rows.Of(gradient), weights);

    internal static void Measure(this IFeatureLoss loss, FeatureMap features)
        => loss.Measure(loss.Layers[0], features, Rows.Of(features));

    internal static void AddGradient(this IFeatureLoss loss, FeatureMap features, FeatureMap gradient)
        => loss.AddGradient(loss.Layers[0], features, gradient, Rows.Of(gradient));
}
