using System.Collections.Immutable;
using Atelier.Losses;

namespace Atelier.Inspection;

/// <summary>The values of one term over all iterations of a run, without those that a logarithmic axis cannot
/// show.</summary>
internal sealed record LossCurve(string Name, ImmutableArray<(int Step, double Value)> Points)
{
    /// <summary>The value at the last iteration; 0 if there is none.</summary>
    internal double Last => Points.IsEmpty ? 0 : Points[^1].Value;

    internal static LossCurve Create(
        string name, ImmutableArray<ScaleReport> scales, Func<ScaleReport, ImmutableArray<double>> values)
    {
        ImmutableArray<(int Step, double Value)>.Builder points = ImmutableArray.CreateBuilder<(int, double)>();
        int first = 0;
        foreach (ScaleReport scale in scales)
        {
            points.AddRange(values(scale).Select((value, i) => (first + i, value))
                .Where(point => point.value > 0 && double.IsFinite(point.value)));
            first += scale.Losses.Length;
        }

        return new LossCurve(name, points.ToImmutable());
    }
}
