using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Optimizers;
using Atelier.Testing;

namespace Atelier.Tests.Optimizers;

public sealed class LbfgsTests
{
    private const int Length = 35;

    private static readonly double[] Curvature =
        [.. Enumerable.Range(0, Length).Select(i => Math.Pow(10, 4.0 * i / Length))];
    private static readonly double[] Center =
        [.. Numbers.NormalDoubles(1, Length).Select(value => 0.5 + (0.5 * value))];

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void Step_IllConditionedQuadratic_ReachesTheMinimumInFewEvaluations(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        PlainObjective objective = new(engine, x => PlainObjective.Quadratic(x, Curvature, Center));
        using Lbfgs optimizer = new(engine, new float[Length], Bounds.None, firstStep: 1, history: 20);
        double start = optimizer.Step(objective), last = start;
        for (int step = 0; step < 120 && objective.Evaluations < 120; step++)
        {
            double value = optimizer.Step(objective);
            Assert.True(value <= last);
            last = value;
        }

        Assert.Equal(objective.Evaluations, optimizer.Evaluations);
        Assert.InRange(optimizer.Value, 0, 1e-6 * start);
    }

    [Theory]
    [InlineData(2, 60), InlineData(10, 150)]
    public void Step_Rosenbrock_FollowsTheValleyToItsEnd(int length, int evaluations)
    {
        using IEngine engine = CpuEngine.Create();
        PlainObjective objective = new(engine, PlainObjective.Rosenbrock);
        float[] start = [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? -1.2f : 1f)];
        using Lbfgs optimizer = new(engine, start, Bounds.None, firstStep: 1, history: 10);

        Run(optimizer, objective, evaluations);

        Assert.InRange(optimizer.Value, 0, 1e-6);
        Assert.All(Numbers.Doubles(optimizer.ReadResult()), value => Assert.Equal(1, value, 1e-3));
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void Step_QuadraticInABox_ResultIsTheBestPointInside(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        PlainObjective objective = new(engine, x => PlainObjective.Quadratic(x, Curvature, Center));
        using Lbfgs optimizer = new(engine, Numbers.Uniform(2, Length), Bounds.Picture, firstStep: 1, history: 20);

        Run(optimizer, objective, 200);

        double[] result = Numbers.Doubles(optimizer.ReadResult());
        Assert.Contains(Center, value => value > 1);
        Assert.Contains(Center, value => value < 0);
        Numbers.AssertClose([.. Center.Select(value => Math.Clamp(value, 0, 1))], result, 1e-3);
    }

    /// <summary>Correlated values: the best point inside is not the nearest one to the unbounded minimum. There the
    /// gradient vanishes for free values and points outward at the bounds (Karush, Kuhn and Tucker).</summary>
    [Fact]
    public void Step_CorrelatedQuadraticInABox_FulfillsTheConditionsOfAMinimum()
    {
        const int n = 24;
        double[] root = Numbers.NormalDoubles(3, n * n);
        double[] matrix = Matrices.Multiply(n, Matrices.Transpose(n, root), root);
        double[] center = [.. Numbers.NormalDoubles(4, n).Select(value => 0.5 + value)];
        (double Value, double[] Gradient) Function(double[] x)
        {
            double[] gradient = [.. Enumerable.Range(0, n).Select(i =>
                Enumerable.Range(0, n).Sum(j => matrix[(i * n) + j] * (x[j] - center[j])))];
            return (gradient.Select((g, i) => g * (x[i] - center[i]) / 2).Sum(), gradient);
        }

        using IEngine engine = CpuEngine.Create();
        PlainObjective objective = new(engine, Function);
        using Lbfgs optimizer = new(engine, Numbers.Uniform(5, n), new Bounds(0.25f, 0.75f), firstStep: 1, history: 20);
        Run(optimizer, objective, 300);

        double[] result = Numbers.Doubles(optimizer.ReadResult()), gradient = Function(result).Gradient;
        double scale = 1e-3 * Function([.. Enumerable.Repeat(0.5, n)]).Gradient.Max(Math.Abs);
        Assert.Contains(result, value => value is > 0.25 and < 0.75);
        for (int i = 0; i < n; i++)
        {
            Assert.InRange(result[i], 0.25, 0.75);
            Assert.True(
                result[i] == 0.25 || gradient[i] < scale,
                $"{i}: {result[i]} could fall, gradient {gradient[i]}.");
            Assert.True(
                result[i] == 0.75 || gradient[i] > -scale,
                $"{i}: {result[i]} could rise, gradient {gradient[i]}.");
        }
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Step_NeverFinite_GivesUpAfterAFewTrials(double value)
    {
        using IEngine engine = CpuEngine.Create();
        PlainObjective objective = new(engine, x => (value, [.. x.Select(_ => double.NaN)]));
        using Lbfgs optimizer = new(engine, new float[Length], Bounds.Picture, firstStep: 1, history: 5);
        for (int i = 0; i < 3; i++)
            Assert.Equal(value, optimizer.Step(objective));
        Assert.InRange(objective.Evaluations, 1, 100);
    }

    [Fact]
    public void Step_NotFiniteFarAway_TurnsBackAndReachesTheMinimum()
    {
        using IEngine engine = CpuEngine.Create();
        (double Value, double[] Gradient) Function(double[] x) => x.Max(Math.Abs) > 2
            ? (double.NaN, [.. x.Select(_ => double.NaN)])
            : PlainObjective.Quadratic(
                x, [.. x.Select((_, i) => 1.0 + (i % 3))], [.. Center.Select(value => value / 2)]);
        PlainObjective objective = new(engine, Function);
        using Lbfgs optimizer = new(engine, new float[Length], Bounds.None, firstStep: 1000, history: 10);
        Run(optimizer, objective, 200);
        Numbers.AssertClose([.. Center.Select(value => value / 2)], Numbers.Doubles(optimizer.ReadResult()), 1e-2);
    }

    [Fact]
    public void Step_AtTheMinimum_Stays()
    {
        using IEngine engine = CpuEngine.Create();
        PlainObjective objective = new(engine, x => PlainObjective.Quadratic(x, Curvature, new double[Length]));
        using Lbfgs optimizer = new(engine, new float[Length], Bounds.None, firstStep: 1, history: 5);
        for (int i = 0; i < 5; i++)
            Assert.Equal(0, optimizer.Step(objective));
        Assert.Equal(1, objective.Evaluations);
        Assert.All(Numbers.Doubles(optimizer.ReadResult()), value => Assert.Equal(0, value));
    }

    /// <summary>Steps until the objective was evaluated so often, or nothing more is to be gained.</summary>
    private static void Run(Lbfgs optimizer, PlainObjective objective, int evaluations)
    {
        for (int step = 0; step < evaluations && objective.Evaluations < evaluations; step++)
            optimizer.Step(objective);
    }
}
