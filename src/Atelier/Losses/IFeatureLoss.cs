using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Losses;

/// <summary>A term of the objective that judges the features of one layer, or of several. It is asked in three steps,
/// so that a picture may be shown to it in pieces: measure every piece, finish once,
/// then add the gradient of every piece.</summary>
internal interface IFeatureLoss : IDisposable
{
    /// <summary>What it judges.</summary>
    LossKind Kind { get; }

    /// <summary>The layers whose features it judges, and is shown; the shallowest first.</summary>
    ImmutableArray<string> Layers { get; }

    /// <summary>Factor in the objective.</summary>
    double Weight { get; }

    /// <summary>Name in reports, as in <c>style relu3_1</c>.</summary>
    string Name { get; }

    /// <summary>Takes rows of a layer's features in.</summary>
    void Measure(string layer, FeatureMap features, Rows rows);

    /// <summary>The value without the weight; prepares the gradient and is ready to measure anew. Other losses may be
    /// finishing on other threads.</summary>
    double Finish();

    /// <summary>gradient += weight × d value ⁄ d features for rows of a layer's features last finished.</summary>
    void AddGradient(string layer, FeatureMap features, FeatureMap gradient, Rows rows);
}
