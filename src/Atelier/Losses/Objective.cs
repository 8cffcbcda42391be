using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Networks;
using Atelier.Optimizers;

namespace Atelier.Losses;

/// <summary>The objective at one picture size: losses on the network's features, and total variation and temporal
/// losses on the pixels. Computes the value and the gradient.</summary>
/// <remarks>The content picture and the temporal targets can be replaced, for example from one video frame to the
/// next.</remarks>
internal sealed class Objective : IObjective, IDisposable
{
    private readonly IEngine _engine;
    private readonly IWorkers _workers;
    private readonly Encoder? _encoder;
    private readonly ImmutableArray<IFeatureLoss> _losses;
    private readonly double[] _values;
    private readonly TotalVariationKind _tv;
    private readonly double _tvWeight;
    private readonly bool _isTileable;
    private readonly FeatureVisitor _measure;
    private readonly GradientVisitor _addGradient;
    private readonly Action<int> _finish;
    private ImmutableArray<TemporalLoss> _temporal = [];

    /// <summary>Takes ownership of the encoder and the losses.</summary>
    /// <param name="isTileable">Whether the picture is tileable.</param>
    internal Objective(
        IEngine engine, IWorkers workers, int height, int width, Encoder? encoder,
        ImmutableArray<IFeatureLoss> losses, TotalVariationKind tv, double tvWeight, bool isTileable = false)
    {
        (_engine, _workers, Height, Width, _encoder) = (engine, workers, height, width, encoder);
        (_losses, _tv, _tvWeight, _isTileable) = (losses, tv, tvWeight, isTileable);
        _values = new double[losses.Length + 1];
        _measure = Measure;
        _addGradient = AddGradient;
        _finish = index => _values[index] = _losses[index].Weight * _losses[index].Finish();
    }

    internal int Height { get; }

    internal int Width { get; }

    /// <summary>The terms at the last evaluation.</summary>
    internal ImmutableArray<LossTerm> Terms
    {
        get
        {
            IEnumerable<LossTerm> terms = FeatureTerms;
            if (_tvWeight != 0)
            {
                terms = terms.Append(new LossTerm(LossKind.TotalVariation, null, "tv", _tvWeight, _values[^1]));
            }

            return [.. terms, .. _temporal.Select(loss => loss.Term)];
        }
    }

    private IEnumerable<LossTerm> FeatureTerms
        => _losses.Select((loss, i) => new LossTerm(loss.Kind, loss.Layers[0], loss.Name, loss.Weight, _values[i]));

    /// <summary>Evaluates the objective and its gradient for a planar picture x [3, Height, Width].</summary>
    public double Evaluate(Tensor x, Tensor gradient)
    {
        if (_encoder is null)
        {
            _engine.CopyScaled(gradient, 0f, gradient);
        }
        else
        {
            _encoder.Forward(x, _measure);
            _workers.Run(_losses.Length, _finish);
            _encoder.Backward(x, _addGradient, gradient);
        }

        if (_tvWeight != 0)
        {
            _values[^1] = _tvWeight
                * _engine.TotalVariation(_tv, x, Height, Width, (float)_tvWeight, gradient, _isTileable);
        }

        double value = _values.Sum();
        foreach (TemporalLoss loss in _temporal)
            value += loss.Evaluate(x, gradient);
        return value;
    }

    /// <summary>Replaces the content picture by another of the objective's size.</summary>
    internal void SetContent(PlanarPicture content)
    {
        ContentLoss[] losses = [.. _losses.OfType<ContentLoss>()];
        if (losses.Length > 0)
        {
            _encoder?.Forward(content, (layer, features, rows) =>
                Array.Find(losses, loss => loss.Layers.Contains(layer))?.SetTarget(features, rows));
        }
    }

    /// <summary>Replaces the temporal targets by others of the objective's size.</summary>
    /// <param name="weight">Weight of each target.</param>
    internal void SetTemporal(IReadOnlyList<TemporalTarget> targets, double weight)
    {
        foreach (TemporalLoss loss in _temporal)
            loss.Dispose();
        _temporal = weight == 0 ? [] : [.. targets.Select(target => new TemporalLoss(_engine, target, weight))];
    }

    /// <summary>Moves the targets of the style losses toward the statistics of a picture of the objective's
    /// size.</summary>
    /// <param name="share">How far to move, 0–1.</param>
    internal void Anchor(PlanarPicture picture, double share)
    {
        _encoder?.Forward(picture, _measure);
        foreach (IFeatureLoss loss in _losses)
        {
            if (loss is IStyleTerm term)
            {
                term.Anchor(share);
            }
            else
            {
                loss.Finish();
            }
        }
    }

    /// <summary>Returns the style and content terms for a picture of the objective's size, ignoring the
    /// anchor.</summary>
    internal ImmutableArray<LossTerm> MeasureDistances(PlanarPicture picture)
    {
        IStyleTerm[] styles = [.. _losses.OfType<IStyleTerm>()];
        foreach (IStyleTerm style in styles)
            style.IgnoresAnchor = true;
        _encoder?.Forward(picture, _measure);
        _workers.Run(_losses.Length, _finish);
        foreach (IStyleTerm style in styles)
            style.IgnoresAnchor = false;
        return [.. FeatureTerms];
    }

    public void Dispose()
    {
        SetTemporal([], weight: 0);
        foreach (IFeatureLoss loss in _losses)
            loss.Dispose();
        _encoder?.Dispose();
    }

    private void Measure(string layer, FeatureMap features, Rows rows)
    {
        foreach (IFeatureLoss loss in _losses)
        {
            if (loss.Layers.Contains(layer))
            {
                loss.Measure(layer, features, rows);
            }
        }
    }

    private void AddGradient(string layer, FeatureMap features, FeatureMap gradient, Rows rows)
    {
        foreach (IFeatureLoss loss in _losses)
        {
            if (loss.Layers.Contains(layer))
            {
                loss.AddGradient(layer, features, gradient, rows);
            }
        }
    }
}
