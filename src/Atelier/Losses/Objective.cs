using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Networks;
using Atelier.Optimizers;
using Atelier.Tensors;

namespace Atelier.Losses;

/// <summary>The whole objective at one picture size: features' losses through the network, and smoothness on the
/// pixels. Gives value and gradient.</summary>
internal sealed class Objective : IObjective, IDisposable
{
    private readonly IEngine _engine;
    private readonly FeatureChain? _chain;
    private readonly ImmutableArray<IFeatureLoss> _losses;
    private readonly double[] _values;
    private readonly TotalVariationKind _tv;
    private readonly double _tvWeight;
    private readonly bool _repeats;
    private readonly FeatureVisitor _measure;
    private readonly GradientVisitor _addGradient;
    private readonly Action<int> _finish;

    /// <summary>Owns the chain and the losses from here on.</summary>
    /// <param name="repeats">Whether the picture is one period of a pattern.</param>
    internal Objective(
        IEngine engine, int height, int width, FeatureChain? chain, ImmutableArray<IFeatureLoss> losses,
        TotalVariationKind tv, double tvWeight, bool repeats = false)
    {
        (_engine, Height, Width, _chain) = (engine, height, width, chain);
        (_losses, _tv, _tvWeight, _repeats) = (losses, tv, tvWeight, repeats);
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
            IEnumerable<LossTerm> terms = _losses.Select((loss, i) => new LossTerm(loss.Name, loss.Weight, _values[i]));
            return [.. _tvWeight == 0 ? terms : terms.Append(new LossTerm("tv", _tvWeight, _values[^1]))];
        }
    }

    /// <summary>The objective and its gradient for a planar picture x [3, Height, Width].</summary>
    public double Evaluate(Tensor x, Tensor gradient)
    {
        if (_chain is null)
        {
            _engine.CopyScaled(gradient, 0f, gradient);
        }
        else
        {
            _chain.Forward(x, _measure);
            _engine.ForEach(_losses.Length, _finish);
            _chain.Backward(x, _addGradient, gradient);
        }

        if (_tvWeight != 0)
        {
            _values[^1] = _tvWeight
                * _engine.TotalVariation(_tv, x, Height, Width, (float)_tvWeight, gradient, _repeats);
        }

        return _values.Sum();
    }

    public void Dispose()
    {
        foreach (IFeatureLoss loss in _losses)
            loss.Dispose();
        _chain?.Dispose();
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
