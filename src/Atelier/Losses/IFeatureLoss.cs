using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Losses;

/// <summary>A loss on the features of one or more layers. It is evaluated in three stages, so that a picture can be
/// processed in pieces: measure every piece, finish once, then add the gradient of every piece.</summary>
internal interface IFeatureLoss : IDisposable
{
    /// <summary>The kind of loss.</summary>
    LossKind Kind { get; }

    /// <summary>The layers whose features it measures, shallowest first.</summary>
    ImmutableArray<string> Layers { get; }

    /// <summary>Weight in the objective.</summary>
    double Weight { get; }

    /// <summary>Name in reports, such as <c>style relu3_1</c>.</summary>
    string Name { get; }

    /// <summary>Adds rows of a layer's features to the measurement.</summary>
    void Measure(string layer, FeatureMap features, Rows rows);

    /// <summary>Returns the unweighted value, prepares the gradient and resets the measurement. May run in parallel
    /// with other losses.</summary>
    double Finish();

    /// <summary>gradient += weight × d value ⁄ d features for rows of a layer's features, after the last
    /// <see cref="Finish"/>.</summary>
    void AddGradient(string layer, FeatureMap features, FeatureMap gradient, Rows rows);
}
