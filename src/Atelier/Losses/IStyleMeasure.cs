using Atelier.Engine;

namespace Atelier.Losses;

/// <summary>Measures a statistic of a picture whose features are processed in pieces.</summary>
/// <typeparam name="TStatistics">The statistic that the style loss compares.</typeparam>
internal interface IStyleMeasure<out TStatistics> : IDisposable
{
    /// <summary>Adds rows of a layer's features to the measurement; other layers are ignored.</summary>
    void Measure(string layer, FeatureMap features, Rows rows);

    /// <summary>Returns the statistic of everything measured, valid until the next call, and resets the
    /// measurement.</summary>
    TStatistics Finish();
}
