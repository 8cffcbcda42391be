using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Optimizers;
using Atelier.Testing;

namespace Atelier.Tests.Optimizers;

/// <summary>Searches along (1, 2) from the origin; the functions depend on the first coordinate t.</summary>
public sealed class LineSearchTests : IDisposable
{
    private readonly IEngine _engine = CpuEngine.Create(new EngineOptions { Threads = 1 });
    private readonly List<double> _tried = [];

    [Fact]
    public void Find_FirstStepTooShort_GrowsUntilTheSlopeIsFlatEnough()
    {
        Found found = Find(t => (t - 10) * (t - 10), t => 2 * (t - 10), firstStep: 0.25f);

        Assert.Equal([0.25, 0.625, 1.5625], _tried);
        Assert.Equal((1.5625 - 10) * (1.5625 - 10), found.Value!.Value, 1e-5);
    }

    [Fact]
    public void Find_FirstStepTooLong_TakesTheMinimumOfTheCubic()
    {
        // Beyond the minimum and higher than the start. The cubic through a parabola's ends is the parabola.
        Found found = Find(t => (t - 1) * (t - 1), t => 2 * (t - 1), firstStep: 5);

        Assert.Equal([5, 1], _tried);
        Assert.Equal(0, found.Value!.Value, 1e-9);
    }

    [Fact]
    public void Find_StepBeyondTheMinimumButLower_TurnsBack()
    {
        // Lower than the start, but nearly as steep, the other way.
        Found found = Find(t => Math.Pow(t - 3, 4), t => 4 * Math.Pow(t - 3, 3), firstStep: 5.9f);

        Assert.Equal(2, _tried.Count);
        Assert.InRange(_tried[1], 2, 4);
        Assert.InRange(found.Value!.Value, 0, 1);
    }

    [Theory]
    [InlineData(0.3f), InlineData(4f)]
    public void Find_KinkWithoutAFlatPlace_ReturnsTheLowestTrialWithItsGradient(float firstStep)
    {
        Found found = Find(t => Math.Abs(t - 1), t => Math.Sign(t - 1), firstStep);

        Assert.InRange(_tried.Count, 5, 25);
        Assert.Equal(_tried.Min(t => Math.Abs(t - 1)), found.Value!.Value);
        Assert.Equal(found.Value!.Value, Math.Abs(found.Point[0] - 1));
        Assert.Equal(2 * found.Point[0], found.Point[1], 1e-6);
        Assert.Equal(Math.Sign(found.Point[0] - 1), found.Gradient[0]);
        Assert.InRange(found.Value!.Value, 0, 1e-3);
    }

    [Fact]
    public void Find_NothingLower_GivesUp()
    {
        Assert.Null(Find(t => 1 + t, _ => -1, firstStep: 1).Value);
        Assert.Equal(25, _tried.Count);
    }

    [Fact]
    public void Find_BeyondABound_PointStaysInside()
    {
        // The second coordinate stops at 1, half way.
        Found found = Find(t => (t - 0.9) * (t - 0.9), t => 2 * (t - 0.9), firstStep: 0.8f, Bounds.Picture);

        Assert.Equal([0.8, 1], [found.Point[0], found.Point[1]], (a, b) => Math.Abs(a - b) < 1e-6);
    }

    public void Dispose() => _engine.Dispose();

    private Found Find(
        Func<double, double> value, Func<double, double> slope, float firstStep, Bounds? bounds = null)
    {
        _tried.Clear();
        using LineSearch search = new(_engine, 2, bounds ?? Bounds.None);
        using Tensor x = _engine.CreateTensor([0f, 0f]), direction = _engine.CreateTensor([1f, 2f]);
        using Tensor point = _engine.CreateTensor(2), gradient = _engine.CreateTensor(2);
        double? found = search.Find(
            (at, gradientThere) =>
            {
                double t = _engine.Values(at)[0];
                _tried.Add(t);
                _engine.Write([(float)slope(t), 0f], gradientThere);
                return value(t);
            },
            x, direction, value(0), slope(0), firstStep, point, gradient);
        return new Found(found, _engine.Values(point), _engine.Values(gradient));
    }

    private sealed record Found(double? Value, double[] Point, double[] Gradient);
}
