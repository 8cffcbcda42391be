using Atelier.Engine;
using Atelier.Imaging;

namespace Atelier.Losses;

/// <summary>What a frame is to stay near to: an earlier one, brought to where its things are now.</summary>
/// <param name="Offset">How many frames earlier; less than none for later.</param>
/// <param name="Picture">The earlier frame, warped.</param>
/// <param name="Reliability">From 0, where it says nothing about this frame, to 1; of the same size.</param>
internal sealed record TemporalTarget(int Offset, PlanarPicture Picture, Mask Reliability)
{
    /// <summary>Leaves each place to the nearest frame that knows it: from the reliability of each target those of
    /// nearer ones are subtracted (Ruder et al. 2016, equation 9).</summary>
    /// <param name="targets">The nearest first.</param>
    internal static IReadOnlyList<TemporalTarget> NearestFirst(IReadOnlyList<TemporalTarget> targets)
        => [.. targets.Select((target, i) => target with
        {
            Reliability = targets.Take(i).Aggregate(
                target.Reliability, (left, nearer) => left.Minus(nearer.Reliability)),
        })];

    /// <summary>Mirrored outward by a margin.</summary>
    internal TemporalTarget Extend(int margin)
        => this with { Picture = Picture.Extend(margin), Reliability = Reliability.Extend(margin) };
}

/// <summary>Temporal consistency: Σ c·(x − w)² ⁄ D for a warped frame w of reliability c, and D = 3·H·W values (Ruder
/// et al. 2016, equation 7).</summary>
internal sealed class TemporalLoss : IDisposable
{
    private readonly IEngine _engine;
    private readonly Tensor _target;
    private readonly Tensor _weights;
    private readonly string _name;
    private readonly double _weight;
    private double _value;

    internal TemporalLoss(IEngine engine, TemporalTarget target, double weight)
    {
        (_engine, _weight) = (engine, weight);
        _name = target.Offset == 1 ? "temporal" : $"temporal {target.Offset}";
        float[] values = target.Picture.Values, plane = target.Reliability.Values;
        _target = engine.NewTensor(values.Length);
        _weights = engine.NewTensor(values.Length);
        engine.Write(values, _target);
        engine.Write([.. plane, .. plane, .. plane], _weights);
    }

    /// <summary>The term at the last evaluation.</summary>
    internal LossTerm Term => new(LossKind.Temporal, null, _name, _weight, _value);

    /// <summary>The value, the weight included; adds its gradient.</summary>
    internal double Evaluate(Tensor x, Tensor gradient)
    {
        double share = _weight / _target.Length;
        _value = share * _engine.WeightedDistance(x, _target, _weights, (float)(2 * share), gradient);
        return _value;
    }

    public void Dispose()
    {
        _target.Dispose();
        _weights.Dispose();
    }
}
