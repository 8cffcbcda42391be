using Atelier.Engine.Statistics;

namespace Atelier.Engine;

/// <content>What losses on features are made of. Their gradients go on through the ReLU whose output the features are:
/// "and on through the ReLU" means that what is then in the gradient, the earlier included, becomes zero where the map is
/// not above 0.</content>
public partial interface IEngine
{
    /// <summary>Returns Σ (a − b)² over rows of two maps of the same shape.</summary>
    double SquaredDistance(FeatureMap a, FeatureMap b, Rows rows);

    /// <summary>gradient += scale × (a − b), and on through the ReLU whose output a is.</summary>
    void AddScaledDifference(FeatureMap a, FeatureMap b, float scale, FeatureMap gradient, Rows rows);

    /// <summary>Adds Σ f, Σ f·fᵀ and the count of the feature vectors f at the positions of some rows to running
    /// sums.</summary>
    /// <param name="sums">Of the map's channels.</param>
    /// <param name="weights">Of the map's height and width: each position counts as much as its weight says, in all three
    /// sums. Null for 1 each.</param>
    /// <exception cref="ArgumentException">The weights are of another size.</exception>
    void AddMoments(FeatureMap map, MomentSums sums, Rows rows, PositionWeights? weights = null);

    /// <summary>gradient += w × (2·S·f + v) for each feature vector f of the map, and on through the ReLU whose output the
    /// map is: the gradient of a function of its moments.</summary>
    /// <param name="derivative">S, with respect to Σ f·fᵀ, and v, with respect to Σ f.</param>
    /// <param name="weights">w, the weights that the sums had; null for 1.</param>
    void AddMomentsGradient(
        FeatureMap map, MomentGradient derivative, FeatureMap gradient, Rows rows, PositionWeights? weights = null);

    /// <summary>products += Σ w × (f + shift)·(g + shift)ᵀ over all positions of the shallower map. Its feature vectors
    /// are g. Those of the deeper one, f, are repeated to its size by nearest neighbor: position y of H has that of row
    /// ⌊y·h ⁄ H⌋ of h, and so for columns.</summary>
    /// <param name="deeper">The smaller map, or one of the same size.</param>
    /// <param name="shallower">The larger map.</param>
    /// <param name="products">A row for each channel of f, a column for each of g.</param>
    /// <param name="weights">w, of the shallower map's height and width; null for 1.</param>
    void AddCrossMoments(
        FeatureMap deeper, FeatureMap shallower, float shift, double[] products, PositionWeights? weights = null);

    /// <summary>Adds to rows of a map's gradient that of a function of such sums, in which the map may be either of the
    /// two, and on through the ReLU whose output the map is. A vector of the map has Dᵀ·(w × (o + shift)) of each vector o
    /// of the other map with which it was paired: of one if the map is the larger, of several if it is the smaller.
    /// </summary>
    /// <param name="map">Whose gradient it is.</param>
    /// <param name="other">The other of the two; all its rows are there.</param>
    /// <param name="derivative">D, with respect to the sums: a row for each channel of the other map, a column for each of
    /// this one.</param>
    /// <param name="weights">w, the weights that the sums had, of the larger map's size; null for 1.</param>
    void AddCrossMomentsGradient(
        FeatureMap map, FeatureMap other, float shift, double[] derivative, FeatureMap gradient, Rows rows,
        PositionWeights? weights = null);
}
