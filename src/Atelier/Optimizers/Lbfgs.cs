using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Optimizers;

/// <summary>Limited-memory BFGS (Nocedal and Wright 2006, algorithm 7.4) with a strong-Wolfe line search.</summary>
/// <remarks>Bounds are enforced by projection: values at a bound that the gradient pushes outward are excluded from the
/// direction, the line search follows the projected path, and curvature pairs are differences of points that were
/// actually visited. Clamping after each iteration would corrupt the curvature pairs.</remarks>
internal sealed class Lbfgs : IOptimizer
{
    // A pair with less curvature than this, relative to its length, would make the direction unbounded.
    private const double MinCurvature = 1e-10;

    private readonly IEngine _engine;
    private readonly Bounds _bounds;
    private readonly double _firstStep;
    private readonly LineSearch _lineSearch;
    private readonly CurvaturePairs _pairs;
    private readonly Tensor _x;
    private readonly Tensor _gradient;
    private readonly Tensor _nextX;
    private readonly Tensor _nextGradient;
    private readonly Tensor _direction;

    internal Lbfgs(IEngine engine, ReadOnlySpan<float> start, Bounds bounds, double firstStep, int history)
    {
        (_engine, _bounds, _firstStep) = (engine, bounds, firstStep);
        _x = engine.CreateTensor(start.Length);
        _gradient = engine.CreateTensor(start.Length);
        _nextX = engine.CreateTensor(start.Length);
        _nextGradient = engine.CreateTensor(start.Length);
        _direction = engine.CreateTensor(start.Length);
        _pairs = new CurvaturePairs(engine, start.Length, history);
        _lineSearch = new LineSearch(engine, start.Length, bounds);
        engine.Write(start, _x);
    }

    public ImmutableArray<double> Numbers
    {
        get => [Value, Evaluations, .. _pairs.Numbers];
        set
        {
            if (value is not [double objective, double evaluations, .. ImmutableArray<double> pairs])
            {
                throw new ArgumentException("The state of L-BFGS has at least 3 numbers, not " +
                    $"{value.Length}.", nameof(value));
            }

            (Value, Evaluations, _pairs.Numbers) = (objective, (int)evaluations, pairs);
        }
    }

    public IReadOnlyList<(string Name, Tensor Values)> Tensors
        => [("x", _x), ("gradient", _gradient), .. _pairs.Tensors];

    /// <summary>The objective at the result; NaN before the first step.</summary>
    internal double Value { get; private set; } = double.NaN;

    /// <summary>Number of evaluations of the objective.</summary>
    internal int Evaluations { get; private set; }

    public double Step(IObjective objective)
    {
        if (double.IsNaN(Value))
        {
            Value = Evaluate(objective, _x, _gradient);
        }

        double before = Value, slope = ChooseDirection();
        if (slope >= 0 && _pairs.Count > 0)
        {
            _pairs.Clear();
            slope = ChooseDirection();
        }

        if (slope >= 0)
        {
            return before;
        }

        // Without curvature pairs the direction is the gradient, whose length does not indicate a step size.
        double start = _pairs.Count > 0 ? _firstStep : _firstStep * Math.Min(1, 1 / AbsoluteSum(slope));
        double? found = _lineSearch.Find(
            (point, gradient) => Evaluate(objective, point, gradient),
            _x, _direction, before, slope, start, _nextX, _nextGradient);
        if (found is double value)
        {
            Accept(value);
        }
        else
        {
            // No lower value along a direction from stale curvature: restart from the gradient.
            _pairs.Clear();
        }

        return before;
    }

    public float[] ReadResult()
    {
        float[] result = new float[_x.Length];
        _engine.Read(_x, result);
        return result;
    }

    public void Dispose()
    {
        IDisposable[] owned = [_x, _gradient, _nextX, _nextGradient, _direction, _pairs, _lineSearch];
        foreach (IDisposable each in owned)
            each.Dispose();
    }

    private double Evaluate(IObjective objective, Tensor point, Tensor gradient)
    {
        Evaluations++;
        return objective.Evaluate(point, gradient);
    }

    /// <summary>Computes the direction −H·g on the free values and returns its slope.</summary>
    private double ChooseDirection()
    {
        _engine.CopyScaled(_gradient, -1f, _direction);
        KeepInside(_direction);
        _pairs.MultiplyByInverseHessian(_direction);
        KeepInside(_direction);
        return _engine.Dot(_direction, _gradient);
    }

    private void KeepInside(Tensor vector)
    {
        if (!_bounds.IsNone)
        {
            _engine.DropOutward(_x, _bounds.Min, _bounds.Max, vector);
        }
    }

    // Σ|d| ≤ √n·‖d‖, and for the gradient itself ‖d‖² is minus the slope.
    private double AbsoluteSum(double slope) => Math.Sqrt(-slope) * Math.Sqrt(_direction.Length);

    private void Accept(double value)
    {
        _pairs.Add(_x, _gradient, _nextX, _nextGradient, MinCurvature);
        _engine.CopyScaled(_nextX, 1f, _x);
        _engine.CopyScaled(_nextGradient, 1f, _gradient);
        Value = value;
    }
}
