using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Optimizers;

/// <summary>x ← x − rate · gradient, held inside the bounds.</summary>
internal sealed class GradientDescent : IOptimizer
{
    private readonly IEngine _engine;
    private readonly Bounds _bounds;
    private readonly double _learningRate;
    private readonly Tensor _gradient;

    internal GradientDescent(IEngine engine, ReadOnlySpan<float> start, Bounds bounds, double learningRate)
    {
        (_engine, _bounds, _learningRate) = (engine, bounds, learningRate);
        _gradient = engine.NewTensor(start.Length);
        Result = engine.NewTensor(start.Length);
        engine.Write(start, Result);
    }

    public Tensor Result { get; }

    public ImmutableArray<double> Numbers
    {
        get => [];
        set
        {
            if (value.Length > 0)
            {
                throw new ArgumentException($"Gradient descent keeps no numbers, not {value.Length}.", nameof(value));
            }
        }
    }

    public IReadOnlyList<(string Name, Tensor Values)> Tensors => [("x", Result)];

    public double Step(IObjective objective)
    {
        double value = objective.Evaluate(Result, _gradient);
        _engine.Move(Result, _gradient, (float)-_learningRate, _bounds.Lowest, _bounds.Highest, Result);
        return value;
    }

    public void Dispose()
    {
        _gradient.Dispose();
        Result.Dispose();
    }
}
