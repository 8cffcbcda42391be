using Atelier.Engine;
using Atelier.Optimizers;

namespace Atelier.Testing;

/// <summary>An objective of a few numbers, computed plainly in double precision.</summary>
internal sealed class PlainObjective(
    IEngine engine, Func<double[], (double Value, double[] Gradient)> function) : IObjective
{
    internal int Evaluations { get; private set; }

    public double Evaluate(Tensor x, Tensor gradient)
    {
        Evaluations++;
        (double value, double[] slope) = function(engine.Values(x));
        engine.Write([.. slope.Select(each => (float)each)], gradient);
        return value;
    }

    /// <summary>½ Σ curvature·(x − center)².</summary>
    internal static (double Value, double[] Gradient) Quadratic(double[] x, double[] curvature, double[] center) => (
        x.Select((value, i) => curvature[i] * (value - center[i]) * (value - center[i]) / 2).Sum(),
        [.. x.Select((value, i) => curvature[i] * (value - center[i]))]);

    /// <summary>Σ 100·(y − x²)² + (1 − x)² over the pairs of neighbors.</summary>
    internal static (double Value, double[] Gradient) Rosenbrock(double[] x)
    {
        double value = 0;
        double[] gradient = new double[x.Length];
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double valley = x[i + 1] - (x[i] * x[i]), rest = 1 - x[i];
            value += (100 * valley * valley) + (rest * rest);
            gradient[i] += (-400 * x[i] * valley) - (2 * rest);
            gradient[i + 1] += 200 * valley;
        }

        return (value, gradient);
    }
}
