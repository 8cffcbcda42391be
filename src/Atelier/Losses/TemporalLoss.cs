using Atelier.Engine;
using Atelier.Imaging;

namespace Atelier.Losses;

/// <summary>An earlier frame, warped to the current one, that the painting should stay consistent with.</summary>
/// <param name="Offset">Number of frames back; negative for later frames.</param>
/// <param name="Picture">The earlier frame, warped.</param>
/// <param name="Reliability">Reliability from 0 to 1, of the same size; 0 where the earlier frame does not show the
/// same content.</param>
internal sealed record TemporalTarget(int Offset, PlanarPicture Picture, Mask Reliability)
{
    /// <summary>Assigns each pixel to the nearest frame that shows it: the reliabilities of nearer targets are
    /// subtracted from that of each target (Ruder et al. 2016, equation 9).</summary>
    /// <param name="targets">The targets, nearest first.</param>
    internal static IReadOnlyList<TemporalTarget> NearestFirst(IReadOnlyList<TemporalTarget> targets)
        => [.. targets.Select((target, i) => target with
        {
            Reliability = targets.Take(i).Aggregate(
                target.Reliability, (left, nearer) => left.Minus(nearer.Reliability)),
        })];

    /// <summary>Resizes the target.</summary>
    internal TemporalTarget Resize(int height, int width)
        => (height, width) == (Picture.Height, Picture.Width) ? this : this with
        {
            Picture = Picture.Resize(height, width).Clamp(),
            Reliability = Reliability.Resize(height, width),
        };

    /// <summary>Extends the target by a mirrored margin.</summary>
    internal TemporalTarget Extend(int margin)
        => this with { Picture = Picture.Extend(margin), Reliability = Reliability.Extend(margin) };
}

/// <summary>Temporal consistency loss: Σ c·(x − w)² ⁄ D for a warped frame w with reliability c, and D = 3·H·W values
/// (Ruder et al. 2016, equation 7).</summary>
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
        _target = engine.CreateTensor(values.Length);
        _weights = engine.CreateTensor(values.Length);
        engine.Write(values, _target);
        engine.Write([.. plane, .. plane, .. plane], _weights);
    }

    /// <summary>The term at the last evaluation.</summary>
    internal LossTerm Term => new(LossKind.Temporal, null, _name, _weight, _value);

    /// <summary>Returns the weighted value and adds its gradient.</summary>
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
