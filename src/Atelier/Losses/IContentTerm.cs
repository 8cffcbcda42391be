using Atelier.Engine;

namespace Atelier.Losses;

/// <summary>A loss that needs the features of the photograph.</summary>
internal interface IContentTerm : IFeatureLoss
{
    /// <summary>Receives rows of a layer's features of the photograph, from the first row to the last.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="features">The features, which are copied.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="salience">How firmly to hold on to each position, used until the next target is set; null for 1
    /// each.</param>
    void SetTarget(string layer, FeatureMap features, Rows rows, PositionWeights? salience = null);
}
