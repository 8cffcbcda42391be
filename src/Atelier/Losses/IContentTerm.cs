using Atelier.Engine;

namespace Atelier.Losses;

/// <summary>A loss that needs the features of the photograph.</summary>
internal interface IContentTerm : IFeatureLoss
{
    /// <summary>Receives rows of a layer's features of the photograph, from the first row to the last.</summary>
    void SetTarget(string layer, FeatureMap features, Rows rows);
}
