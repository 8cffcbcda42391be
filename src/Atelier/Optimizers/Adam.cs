using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Optimizers;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1), on bounded values, with a bias-corrected running average of the
/// iterates (divided by 1 − decayᵗ).</summary>
/// <remarks>Differs from the paper: β₂ is 0.99 by default, not 0.999, because a picture takes hundreds of steps, not
/// millions (style-transfer-pytorch does the same).</remarks>
internal sealed class Adam : IOptimizer
{
    private const float Epsilon = 1e-8f;

    private readonly IEngine _engine;
    private readonly Bounds _bounds;
    private readonly double _learningRate;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _decay;
    private readonly Tensor _gradient;
    private readonly Tensor _x;
    private readonly Tensor _mean;
    private readonly Tensor _square;
    private readonly Tensor _average;
    private int _step;
    private int _averagedSteps;

    /// <param name="start">The first point.</param>
    /// <param name="warm">The state from the previous scale, resized, for a warm start; null starts from zero.</param>
    internal Adam(
        IEngine engine, ReadOnlySpan<float> start, Bounds bounds, double learningRate, double averageDecay,
        AdamState? warm = null, double beta1 = 0.9, double beta2 = 0.99)
    {
        (_engine, _bounds, _learningRate, _decay) = (engine, bounds, learningRate, averageDecay);
        (_beta1, _beta2) = (beta1, beta2);
        _gradient = engine.CreateTensor(start.Length);
        _x = engine.CreateTensor(start.Length);
        _mean = engine.CreateTensor(start.Length);
        _square = engine.CreateTensor(start.Length);
        _average = engine.CreateTensor(start.Length);
        engine.Write(start, _x);
        if (warm is not null)
        {
            engine.Write(warm.Mean, _mean);
            engine.Write(warm.Square, _square);
            _step = warm.Step;
        }
    }

    /// <summary>How the step size falls.</summary>
    internal StepDecay Decay { get; init; } = new(1, 1);

    public ImmutableArray<double> Numbers
    {
        get => [_step, _averagedSteps];
        set => (_step, _averagedSteps) = value is [double step, double averagedSteps]
            ? ((int)step, (int)averagedSteps)
            : throw new ArgumentException($"The state of Adam has 2 numbers, not {value.Length}.", nameof(value));
    }

    public IReadOnlyList<(string Name, Tensor Values)> Tensors
        => [("x", _x), ("mean", _mean), ("square", _square), ("average", _average)];

    /// <summary>The moments, for a warm start at another scale.</summary>
    internal AdamState State
    {
        get
        {
            float[] mean = new float[_mean.Length], square = new float[_square.Length];
            _engine.Read(_mean, mean);
            _engine.Read(_square, square);
            return new AdamState(_step, mean, square);
        }
    }

    public float[] ReadResult()
    {
        float[] result = new float[_x.Length];
        _engine.Read(_averagedSteps == 0 ? _x : _average, result);
        float scale = _averagedSteps == 0 ? 1f : (float)(1 / (1 - Math.Pow(_decay, _averagedSteps)));
        foreach (ref float value in result.AsSpan())
            value *= scale;
        return result;
    }

    public double Step(IObjective objective)
    {
        double value = objective.Evaluate(_x, _gradient);
        _step++;
        _averagedSteps++;
        AdamStep update = new(
            StepSize: (float)(_learningRate * Decay.At(_averagedSteps - 1) / (1 - Math.Pow(_beta1, _step))),
            Beta1: (float)_beta1,
            Beta2: (float)_beta2,
            SquareCorrection: (float)(1 / (1 - Math.Pow(_beta2, _step))),
            Epsilon,
            Decay: (float)_decay,
            _bounds.Min,
            _bounds.Max);
        _engine.AdamStep(update, _gradient, _mean, _square, _x, _average);
        return value;
    }

    public void Dispose()
    {
        foreach (Tensor tensor in (Tensor[])[_gradient, _x, _mean, _square, _average])
            tensor.Dispose();
    }
}

/// <summary>The state of Adam: the number of iterations, and the running means of the gradients and of their
/// squares.</summary>
internal sealed record AdamState(int Step, float[] Mean, float[] Square);

/// <summary>Lets a step size fall along half a cosine (Loshchilov and Hutter 2017, without restarts).</summary>
/// <param name="End">The step size at the end, as a share of that at the beginning.</param>
/// <param name="Steps">Number of steps.</param>
internal readonly record struct StepDecay(double End, int Steps)
{
    /// <summary>The share of the first step size at a step, from 0.</summary>
    internal double At(int step)
        => End + ((1 - End) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, (double)step / Steps))));
}
