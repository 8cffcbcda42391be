using Atelier.Tensors;

namespace Atelier.Losses;

/// <summary>A term of the objective that judges the features of one layer. It is asked in three steps, so that a
/// picture may be shown to it in pieces: measure every piece, finish once,
/// then add the gradient of every piece.</summary>
internal interface IFeatureLoss : IDisposable
{
    /// <summary>The layer whose features it judges.</summary>
    string Layer { get; }

    /// <summary>Factor in the objective.</summary>
    double Weight { get; }

    /// <summary>Name in reports, as in <c>style relu3_1</c>.</summary>
    string Name { get; }

    /// <summary>Takes rows of the features in.</summary>
    void Measure(FeatureMap features, Rows rows);

    /// <summary>The value without the weight; prepares the gradient and is ready to measure anew. Other losses may be
    /// finishing on other threads.</summary>
    double Finish();

    /// <summary>gradient += weight × d value ⁄ d features for rows of the features last finished.</summary>
    void AddGradient(FeatureMap features, FeatureMap gradient, Rows rows);
}
