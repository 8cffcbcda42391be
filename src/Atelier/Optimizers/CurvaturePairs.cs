using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Optimizers;

/// <summary>The curvature pairs of L-BFGS (the last steps s and gradient changes y), and the inverse Hessian that they
/// approximate.</summary>
internal sealed class CurvaturePairs(IEngine engine, int length, int capacity) : IDisposable
{
    // The last pair's sᵀy ⁄ yᵀy (equation 7.20) is biased toward the largest curvatures. A larger initial guess reaches
    // the same objective in fewer evaluations; the line search still accepts nearly all steps immediately. Measured on
    // the reference objective.
    private const double Boldness = 1.75;

    private readonly List<(Tensor Step, Tensor Change, double Product)> _pairs = [];
    private readonly Stack<Tensor> _spare = [];
    private double _scale = 1;

    internal int Count => _pairs.Count;

    /// <summary>The scale of the initial Hessian guess, and the product sᵀy of each pair. Setting them allocates that
    /// many pairs. </summary>
    internal ImmutableArray<double> Numbers
    {
        get => [_scale, .. _pairs.Select(pair => pair.Product)];
        set
        {
            if (value.Length < 1 || value.Length > 1 + capacity)
            {
                throw new ArgumentException(
                    $"The state of up to {capacity} curvature pairs has 1 number plus 1 per pair, not " +
                    $"{value.Length}.", nameof(value));
            }

            Clear();
            _scale = value[0];
            _pairs.AddRange(value.Skip(1).Select(product => (Take(), Take(), product)));
        }
    }

    /// <summary>The steps and changes, the oldest pair first.</summary>
    internal IEnumerable<(string Name, Tensor Values)> Tensors => _pairs.SelectMany(
        (pair, i) => ((string, Tensor)[])[($"step {i}", pair.Step), ($"change {i}", pair.Change)]);

    /// <summary>Adds the pair of two visited points, replacing the oldest if full, unless its curvature is not
    /// positive.</summary>
    internal void Add(Tensor x, Tensor gradient, Tensor nextX, Tensor nextGradient, double minCurvature)
    {
        Tensor step = Take(), change = Take();
        engine.CopyScaled(nextX, 1f, step);
        engine.AddScaled(x, -1f, step);
        engine.CopyScaled(nextGradient, 1f, change);
        engine.AddScaled(gradient, -1f, change);
        double product = engine.Dot(step, change), changeSquare = engine.Dot(change, change);
        double stepSquare = engine.Dot(step, step);
        if (product > minCurvature * Math.Sqrt(stepSquare * changeSquare))
        {
            if (_pairs.Count == capacity)
            {
                Forget(_pairs[0]);
                _pairs.RemoveAt(0);
            }

            _pairs.Add((step, change, product));
            _scale = Boldness * product / changeSquare;
        }
        else
        {
            Forget((step, change, product));
        }
    }

    /// <summary>vector ← H·vector by the two-loop recursion (algorithm 7.4).</summary>
    internal void MultiplyByInverseHessian(Tensor vector)
    {
        Span<double> alphas = stackalloc double[_pairs.Count];
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            alphas[i] = engine.Dot(_pairs[i].Step, vector) / _pairs[i].Product;
            engine.AddScaled(_pairs[i].Change, (float)-alphas[i], vector);
        }

        if (_pairs.Count > 0)
        {
            engine.CopyScaled(vector, (float)_scale, vector);
        }

        for (int i = 0; i < _pairs.Count; i++)
        {
            double beta = engine.Dot(_pairs[i].Change, vector) / _pairs[i].Product;
            engine.AddScaled(_pairs[i].Step, (float)(alphas[i] - beta), vector);
        }
    }

    internal void Clear()
    {
        foreach ((Tensor Step, Tensor Change, double Product) pair in _pairs)
            Forget(pair);
        _pairs.Clear();
    }

    public void Dispose()
    {
        Clear();
        foreach (Tensor tensor in _spare)
            tensor.Dispose();
    }

    private Tensor Take() => _spare.TryPop(out Tensor? tensor) ? tensor : engine.CreateTensor(length);

    private void Forget((Tensor Step, Tensor Change, double Product) pair)
    {
        _spare.Push(pair.Step);
        _spare.Push(pair.Change);
    }
}
