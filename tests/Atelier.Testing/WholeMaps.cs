using Atelier.Engine;
using Atelier.Engine.Statistics;
using Atelier.Losses;

namespace Atelier.Testing;

/// <summary>Operations on all rows of a map at once.</summary>
internal static class WholeMaps
{
    internal static void Normalize(
        this IEngine engine, Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output)
        => engine.Normalize(picture, mean, std, output, Padding.Zero, Rows.All(output));

    internal static void NormalizeBackward(
        this IEngine engine, FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient)
        => engine.NormalizeBackward(outputGradient, std, pictureGradient, Padding.Zero, Rows.All(outputGradient));

    internal static void ConvolveRelu(
        this IEngine engine, Filter filter, FeatureMap input, FeatureMap output, FeatureBits? signs)
        => engine.ConvolveRelu(filter, input, output, signs, Rows.All(output));

    internal static void ConvolveBackward(
        this IEngine engine, Filter filter, FeatureMap outputGradient, FeatureMap inputGradient,
        FeatureBits? inputSigns)
        => engine.ConvolveBackward(filter, outputGradient, inputGradient, inputSigns, Rows.All(inputGradient));

    internal static void Pool(
        this IEngine engine, Pooling pooling, FeatureMap input, FeatureMap output, FeatureBits? places)
        => engine.Pool(pooling, input, output, places, Rows.All(output));

    internal static void PoolBackward(
        this IEngine engine, Pooling pooling, FeatureMap outputGradient, FeatureBits? places, FeatureMap inputGradient,
        FeatureBits? inputSigns)
        => engine.PoolBackward(pooling, outputGradient, places, inputGradient, inputSigns, Rows.All(inputGradient));

    internal static void Clear(this IEngine engine, FeatureMap map) => engine.Clear(map, Rows.All(map));

    internal static void Copy(this IEngine engine, FeatureMap source, FeatureMap target)
        => engine.Copy(source, target, Rows.All(target));

    internal static double SquaredDistance(
        this IEngine engine, FeatureMap a, FeatureMap b, PositionWeights? weights = null)
        => engine.SquaredDistance(a, b, Rows.All(a), weights);

    internal static void AddScaledDifference(
        this IEngine engine, FeatureMap a, FeatureMap b, float scale, FeatureMap gradient,
        PositionWeights? weights = null)
        => engine.AddScaledDifference(a, b, scale, gradient, Rows.All(gradient), weights);

    internal static void AddMoments(
        this IEngine engine, FeatureMap map, MomentSums sums, PositionWeights? weights = null)
        => engine.AddMoments(map, sums, Rows.All(map), weights);

    internal static void AddMomentsGradient(
        this IEngine engine, FeatureMap map, MomentGradient derivative, FeatureMap gradient,
        PositionWeights? weights = null)
        => engine.AddMomentsGradient(map, derivative, gradient, Rows.All(gradient), weights);

    internal static void Measure(this IFeatureLoss loss, FeatureMap features)
        => loss.Measure(loss.Layers[0], features, Rows.All(features));

    internal static void AddGradient(this IFeatureLoss loss, FeatureMap features, FeatureMap gradient)
        => loss.AddGradient(loss.Layers[0], features, gradient, Rows.All(gradient));
}
