using Atelier.Engine;

namespace Atelier.Losses;

/// <summary>Takes a statistic of a picture whose features are shown in pieces.</summary>
/// <typeparam name="TStatistics">What is compared of styles.</typeparam>
internal interface IStyleMeasure<out TStatistics> : IDisposable
{
    /// <summary>Takes rows of a layer's features in; those of other layers than its own mean nothing to it.</summary>
    void Measure(string layer, FeatureMap features, Rows rows);

    /// <summary>The statistic of all that was shown, which the next one overwrites. Ready to measure anew.</summary>
    TStatistics Finish();
}
