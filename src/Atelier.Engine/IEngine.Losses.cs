using Atelier.Engine.Statistics;

namespace Atelier.Engine;

/// <content>The operations that losses on features are built from. Their gradients are propagated through the ReLU
/// whose output the features are: wherever the map is not above 0, the gradient is set to zero, including what it
/// contained before. This is what "and propagates through the ReLU" means below.</content>
public partial interface IEngine
{
    /// <summary>Returns Σ w × (a − b)² over rows of two maps of the same shape.</summary>
    /// <param name="weights">w, weights of the positions, of the maps' height and width; null for 1 each.</param>
    /// <exception cref="ArgumentException">The weights have a different size.</exception>
    double SquaredDistance(FeatureMap a, FeatureMap b, Rows rows, PositionWeights? weights = null);

    /// <summary>gradient += scale × w × (a − b), and propagates through the ReLU whose output is a.</summary>
    /// <param name="weights">w, as for <see cref="SquaredDistance"/>.</param>
    /// <exception cref="ArgumentException">The weights have a different size.</exception>
    void AddScaledDifference(
        FeatureMap a, FeatureMap b, float scale, FeatureMap gradient, Rows rows, PositionWeights? weights = null);

    /// <summary>Adds Σ f, Σ f·fᵀ and the number of feature vectors f at the positions of some rows to running
    /// sums.</summary>
    /// <param name="sums">The running sums, for the channels of the map.</param>
    /// <param name="weights">Weights of the positions in all three sums, of the map's height and width; null for 1
    /// each.</param>
    /// <exception cref="ArgumentException">The weights have a different size.</exception>
    void AddMoments(FeatureMap map, MomentSums sums, Rows rows, PositionWeights? weights = null);

    /// <summary>gradient += w × (2·S·f + v) for each feature vector f of the map, and propagates through the ReLU whose
    /// output is the map: the gradient of a function of its moments.</summary>
    /// <param name="derivative">S, the derivative with respect to Σ f·fᵀ, and v, with respect to Σ f.</param>
    /// <param name="weights">w, the weights that were used for the sums; null for 1.</param>
    void AddMomentsGradient(
        FeatureMap map, MomentGradient derivative, FeatureMap gradient, Rows rows, PositionWeights? weights = null);

    /// <summary>products += Σ w × (f + shift)·(g + shift)ᵀ over all positions of the shallower map, whose feature
    /// vectors are g. The feature vectors f of the deeper map are upsampled to that size by nearest neighbor: row y of
    /// H uses row ⌊y·h ⁄ H⌋ of h, and likewise for columns.</summary>
    /// <param name="deeper">The smaller map, or one of the same size.</param>
    /// <param name="shallower">The larger map.</param>
    /// <param name="shift">Constant added to all features.</param>
    /// <param name="products">Receives the sums: one row per channel of f, one column per channel of g.</param>
    /// <param name="weights">w, of the shallower map's height and width; null for 1.</param>
    void AddCrossMoments(
        FeatureMap deeper, FeatureMap shallower, float shift, double[] products, PositionWeights? weights = null);

    /// <summary>Adds the gradient of a function of the sums of <see cref="AddCrossMoments"/> to rows of the gradient of
    /// one of the two maps, and propagates through the ReLU whose output is the map. A feature vector of the map
    /// receives Dᵀ·(w × (o + shift)) for each vector o of the other map that it was paired with: one if the map is the
    /// larger, several if it is the smaller.</summary>
    /// <param name="map">The map whose gradient is computed.</param>
    /// <param name="other">The other map, with all of its rows in memory.</param>
    /// <param name="shift">Constant added to all features.</param>
    /// <param name="derivative">D, the derivative with respect to the sums: one row per channel of the other map, one
    /// column per channel of this one.</param>
    /// <param name="gradient">The gradient of the map.</param>
    /// <param name="rows">The rows of the gradient.</param>
    /// <param name="weights">w, the weights that were used for the sums, of the larger map's size; null for 1.</param>
    void AddCrossMomentsGradient(
        FeatureMap map, FeatureMap other, float shift, double[] derivative, FeatureMap gradient, Rows rows,
        PositionWeights? weights = null);
}
