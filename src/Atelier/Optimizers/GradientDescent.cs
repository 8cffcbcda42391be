using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Optimizers;

/// <summary>x ← x − rate · gradient, clamped to the bounds.</summary>
internal sealed class GradientDescent : IOptimizer
{
    private readonly IEngine _engine;
    private readonly Bounds _bounds;
    private readonly double _learningRate;
    private readonly Tensor _gradient;
    private readonly Tensor _x;

    internal GradientDescent(IEngine engine, ReadOnlySpan<float> start, Bounds bounds, double learningRate)
    {
        (_engine, _bounds, _learningRate) = (engine, bounds, learningRate);
        _gradient = engine.CreateTensor(start.Length);
        _x = engine.CreateTensor(start.Length);
        engine.Write(start, _x);
    }

    public ImmutableArray<double> Numbers
    {
        get => [];
        set
        {
            if (value.Length > 0)
            {
                throw new ArgumentException("Gradient descent has no numbers in its state, not " +
                    $"{value.Length}.", nameof(value));
            }
        }
    }

    public IReadOnlyList<(string Name, Tensor Values)> Tensors => [("x", _x)];

    public double Step(IObjective objective)
    {
        double value = objective.Evaluate(_x, _gradient);
        _engine.Move(_x, _gradient, (float)-_learningRate, _bounds.Min, _bounds.Max, _x);
        return value;
    }

    public float[] ReadResult()
    {
        float[] result = new float[_x.Length];
        _engine.Read(_x, result);
        return result;
    }

    public void Dispose()
    {
        _gradient.Dispose();
        _x.Dispose();
    }
}
