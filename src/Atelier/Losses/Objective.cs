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
    // The number of an iteration that leaves the state of nearest-neighbor losses as it is.
    private const int NeitherSearchNorMean = 1;

    private readonly IEngine _engine;
    private readonly IWorkers _workers;
    private readonly Encoder? _encoder;
    private readonly ImmutableArray<IFeatureLoss> _losses;
    private readonly ImmutableArray<NearestNeighborLoss> _neighborLosses;
    private readonly double[] _values;
    private readonly TotalVariationLoss _tv;
    private readonly FeatureVisitor _measure;
    private readonly GradientVisitor _addGradient;
    private readonly Action<int> _finish;
    private readonly Dictionary<string, PositionWeights> _salience = [];
    private ImmutableArray<TemporalLoss> _temporal = [];

    /// <summary>Takes ownership of the encoder and all losses.</summary>
    internal Objective(
        IEngine engine, IWorkers workers, int height, int width, Encoder? encoder,
        ImmutableArray<IFeatureLoss> losses, TotalVariationLoss tv)
    {
        (_engine, _workers, Height, Width, _encoder) = (engine, workers, height, width, encoder);
        (_losses, _tv) = (losses, tv);
        _neighborLosses = [.. losses.OfType<NearestNeighborLoss>()];
        _values = new double[losses.Length];
        _measure = Measure;
        _addGradient = AddGradient;
        _finish = index => _values[index] = _losses[index].Weight * _losses[index].Finish();
    }

    internal int Height { get; }

    internal int Width { get; }

    /// <summary>The terms at the last evaluation.</summary>
    internal ImmutableArray<LossTerm> Terms
        => [.. FeatureTerms, .. _tv.Terms, .. _temporal.Select(loss => loss.Term)];

    /// <summary>What the next evaluations depend on besides the picture.</summary>
    internal IEnumerable<SavedValues> SavedValues
        => _neighborLosses.SelectMany(loss => loss.SavedValues);

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

        double value = _values.Sum() + _tv.Evaluate(x, gradient);
        foreach (TemporalLoss loss in _temporal)
            value += loss.Evaluate(x, gradient);
        return value;
    }

    /// <summary>Replaces the content picture by another of the objective's size.</summary>
    internal void SetContent(ContentTarget content)
    {
        IContentTerm[] terms = [.. _losses.OfType<IContentTerm>()];
        if (terms.Length > 0)
        {
            SetSalience(content.Salience, [.. terms.SelectMany(term => term.Layers).Distinct()]);
            _encoder?.Forward(content.Picture, (layer, features, rows) =>
            {
                foreach (IContentTerm term in terms)
                {
                    if (term.Layers.Contains(layer))
                    {
                        term.SetTarget(layer, features, rows, _salience.GetValueOrDefault(layer));
                    }
                }
            });
        }
    }

    /// <summary>Prepares the first iteration from a picture.</summary>
    internal void Prepare(PlanarPicture start)
    {
        if (_neighborLosses.IsEmpty)
        {
            return;
        }

        _encoder!.Forward(start, (layer, features, rows) =>
        {
            foreach (NearestNeighborLoss loss in _neighborLosses)
            {
                if (loss.Layers.Contains(layer))
                {
                    loss.MeasureMean(features, rows);
                }
            }
        });
        foreach (NearestNeighborLoss loss in _neighborLosses)
            loss.Prepare();
        BeginIteration(0);
    }

    /// <summary>Starts an iteration, which may evaluate the objective several times.</summary>
    /// <param name="iteration">Number of the iteration, from 0.</param>
    internal void BeginIteration(int iteration)
    {
        foreach (NearestNeighborLoss loss in _neighborLosses)
            loss.BeginIteration(iteration);
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
        BeginIteration(NeitherSearchNorMean);
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
        BeginIteration(NeitherSearchNorMean);
        _encoder?.Forward(picture, _measure);
        _workers.Run(_losses.Length, _finish);
        foreach (IStyleTerm style in styles)
            style.IgnoresAnchor = false;
        return [.. FeatureTerms];
    }

    public void Dispose()
    {
        SetTemporal([], weight: 0);
        SetSalience(null, []);
        foreach (IFeatureLoss loss in _losses)
            loss.Dispose();
        _tv.Dispose();
        _encoder?.Dispose();
    }

    private void SetSalience(Mask? salience, IReadOnlyList<string> layers)
    {
        foreach (PositionWeights weights in _salience.Values)
            weights.Dispose();
        _salience.Clear();
        foreach (string layer in salience is null ? [] : layers)
        {
            Shape shape = _encoder!.Geometry.ShapeOf(layer);
            _salience[layer] = _engine.CreatePositionWeights(
                shape.Height, shape.Width, salience!.AverageTo(shape.Height, shape.Width).Values);
        }
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
