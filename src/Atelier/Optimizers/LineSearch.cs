using Atelier.Engine;

namespace Atelier.Optimizers;

/// <summary>A trial step along a direction, with the value and slope of the objective.</summary>
internal readonly record struct Trial(double Step, double Value, double Slope);

/// <summary>Finds a step that satisfies the strong Wolfe conditions: brackets it, then narrows the bracket by cubic
/// interpolation (Nocedal and Wright 2006, algorithms 3.5 and 3.6).</summary>
internal sealed class LineSearch(IEngine engine, int length, Bounds bounds) : IDisposable
{
    /// <summary>Evaluates the objective at a point, with its gradient.</summary>
    internal delegate double Function(Tensor point, Tensor gradient);

    // c₁ and c₂ as the book advises for quasi-Newton methods.
    private const double SufficientDecrease = 1e-4;
    private const double CurvatureCondition = 0.9;
    private const int MaxTrials = 25;

    private readonly Tensor _best = engine.CreateTensor(length);
    private readonly Tensor _bestGradient = engine.CreateTensor(length);
    private readonly Tensor _free = engine.CreateTensor(length);

    /// <summary>Searches along a descent direction.</summary>
    /// <param name="value">The objective at <paramref name="x"/>.</param>
    /// <param name="slope">Its slope along the direction, negative.</param>
    /// <param name="firstStep">The step to try first.</param>
    /// <param name="nextX">Receives the point found.</param>
    /// <param name="nextGradient">Receives the gradient there.</param>
    /// <returns>The objective at the point, or null if no step lowers it.</returns>
    internal double? Find(
        Function function, Tensor x, Tensor direction, double value, double slope, double firstStep,
        Tensor nextX, Tensor nextGradient)
    {
        Trial start = new(0, value, slope), previous = start, best = start;
        double step = firstStep;
        Trial? low = null, high = null;
        for (int trials = 0; trials < MaxTrials; trials++)
        {
            Trial trial = Try(function, x, direction, step, nextX, nextGradient);
            if (trial.Value < best.Value)
            {
                best = trial;
                engine.CopyScaled(nextX, 1f, _best);
                engine.CopyScaled(nextGradient, 1f, _bestGradient);
            }

            bool decreases = trial.Value <= start.Value + (SufficientDecrease * step * start.Slope);
            if (decreases && Math.Abs(trial.Slope) <= -CurvatureCondition * start.Slope)
            {
                return trial.Value;
            }

            (low, high) = Narrow(low, high, previous, trial, decreases);
            previous = trial;
            if (low is null || high is null)
            {
                step = Extrapolate(previous, step);
                continue;
            }

            step = Interpolate(low.Value, high.Value);
            double width = Math.Abs(high.Value.Step - low.Value.Step);
            if (width * Math.Abs(start.Slope) < 1e-9 * Math.Abs(start.Value) && best.Step > 0)
            {
                break;
            }
        }

        if (best.Step == 0)
        {
            return null;
        }

        engine.CopyScaled(_best, 1f, nextX);
        engine.CopyScaled(_bestGradient, 1f, nextGradient);
        return best.Value;
    }

    public void Dispose()
    {
        _best.Dispose();
        _bestGradient.Dispose();
        _free.Dispose();
    }

    private Trial Try(Function function, Tensor x, Tensor direction, double step, Tensor point, Tensor gradient)
    {
        engine.Move(x, direction, (float)step, bounds.Min, bounds.Max, point);
        double value = function(point, gradient);
        if (bounds.IsNone)
        {
            return new Trial(step, value, engine.Dot(gradient, direction));
        }

        // Values that have reached their bound do not move any further.
        engine.CopyScaled(direction, 1f, _free);
        engine.DropOutward(point, bounds.Min, bounds.Max, _free);
        return new Trial(step, value, engine.Dot(gradient, _free));
    }

    /// <summary>The bracket with the new trial: low is the best end that decreases enough, high the other.</summary>
    private static (Trial? Low, Trial? High) Narrow(
        Trial? low, Trial? high, Trial previous, Trial trial, bool decreases)
    {
        if (low is not Trial best || high is not Trial other)
        {
            if (!decreases || trial.Value >= previous.Value)
            {
                return (previous, trial);
            }

            return trial.Slope >= 0 ? (trial, previous) : (null, null);
        }

        if (!decreases || trial.Value >= best.Value)
        {
            return (best, trial);
        }

        return (trial, trial.Slope * (other.Step - best.Step) >= 0 ? best : other);
    }

    private static double Extrapolate(Trial last, double step) => last.Slope < 0 ? step * 2.5 : step;

    /// <summary>The minimum of the cubic through both ends (equation 3.59), kept off the ends.</summary>
    private static double Interpolate(Trial a, Trial b)
    {
        double d1 = a.Slope + b.Slope - (3 * (a.Value - b.Value) / (a.Step - b.Step));
        double square = (d1 * d1) - (a.Slope * b.Slope);
        double step = (a.Step + b.Step) / 2;
        if (square >= 0)
        {
            double d2 = Math.CopySign(Math.Sqrt(square), b.Step - a.Step);
            double minimum = b.Step - ((b.Step - a.Step) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2))));
            step = double.IsFinite(minimum) ? minimum : step;
        }

        double low = Math.Min(a.Step, b.Step), high = Math.Max(a.Step, b.Step), guard = 0.1 * (high - low);
        return Math.Clamp(step, low + guard, high - guard);
    }
}
