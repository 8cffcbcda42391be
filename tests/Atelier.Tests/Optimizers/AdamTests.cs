using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Optimizers;
using Atelier.Testing;

namespace Atelier.Tests.Optimizers;

public sealed class AdamTests
{
    private const int Length = 35;
    private const double Rate = 0.05;

    private static readonly double[] Curvature = [.. Enumerable.Range(0, Length).Select(i => Math.Pow(10, i % 5))];
    private static readonly double[] Center =
        [.. Numbers.NormalDoubles(1, Length).Select(value => 0.5 + (0.5 * value))];
    private static readonly float[] Start = Numbers.Uniform(2, Length);

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void Step_TenTimesInABoxWithAveraging_FollowsThePlainTwin(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Bounds box = new(0.25f, 0.75f);
        using Adam adam = new(engine, Start, box, Rate, averageDecay: 0.9);
        Twin twin = new(Numbers.Doubles(Start), box, decay: 0.9);
        PlainObjective objective = new(engine, x => PlainObjective.Quadratic(x, Curvature, Center));

        Numbers.AssertClose(Numbers.Doubles(Start), Numbers.Doubles(adam.ReadResult()), 0);
        for (int step = 1; step <= 10; step++)
        {
            double expected = twin.Step();
            Assert.Equal(expected, adam.Step(objective), 1e-4 * expected);
            Numbers.AssertClose(twin.Result, Numbers.Doubles(adam.ReadResult()), 1e-5);
            Assert.All(Numbers.Doubles(adam.ReadResult()), value => Assert.InRange(value, 0.2499, 0.7501));
        }

        Assert.Equal(10, adam.State.Step);
        Numbers.AssertClose(twin.Mean, Numbers.Doubles(adam.State.Mean), 1e-4);
        Numbers.AssertClose(twin.Square, Numbers.Doubles(adam.State.Square), 1e-4);
    }

    [Fact]
    public void State_GivenToANewOne_GoesOnAsIfNothingHappened()
    {
        using IEngine engine = CpuEngine.Create();
        PlainObjective objective = new(engine, x => PlainObjective.Quadratic(x, Curvature, Center));
        using Adam whole = new(engine, Start, Bounds.None, Rate, averageDecay: 0);
        using Adam first = new(engine, Start, Bounds.None, Rate, averageDecay: 0);
        for (int i = 0; i < 5; i++)
        {
            whole.Step(objective);
            first.Step(objective);
        }

        float[] middle = first.ReadResult();
        using Adam second = new(engine, middle, Bounds.None, Rate, averageDecay: 0, first.State);
        for (int i = 0; i < 5; i++)
            Assert.Equal(whole.Step(objective), second.Step(objective));

        Assert.Equal(Numbers.Doubles(whole.ReadResult()), Numbers.Doubles(second.ReadResult()));
    }

    [Fact]
    public void Step_ManyTimes_ReachesTheMinimum()
    {
        using IEngine engine = CpuEngine.Create();
        using Adam adam = new(engine, Start, Bounds.None, Rate, averageDecay: 0.9);
        PlainObjective objective = new(engine, x => PlainObjective.Quadratic(x, Curvature, Center));
        for (int i = 0; i < 500; i++)
            adam.Step(objective);
        Numbers.AssertClose(Center, Numbers.Doubles(adam.ReadResult()), 1e-2);
    }

    /// <summary>Adam as the paper writes it, in double precision.</summary>
    private sealed class Twin(double[] x, Bounds box, double decay)
    {
        private readonly double[] _average = new double[Length];
        private int _step;

        internal double[] Mean { get; } = new double[Length];

        internal double[] Square { get; } = new double[Length];

        internal double[] Result => [.. _average.Select(value => value / (1 - Math.Pow(decay, _step)))];

        internal double Step()
        {
            (double value, double[] gradient) = PlainObjective.Quadratic(x, Curvature, Center);
            _step++;
            for (int i = 0; i < Length; i++)
            {
                Mean[i] = (0.9 * Mean[i]) + (0.1 * gradient[i]);
                Square[i] = (0.99 * Square[i]) + (0.01 * gradient[i] * gradient[i]);
                double mean = Mean[i] / (1 - Math.Pow(0.9, _step)), square = Square[i] / (1 - Math.Pow(0.99, _step));
                x[i] = Math.Clamp(x[i] - (Rate * mean / (Math.Sqrt(square) + 1e-8)), box.Min, box.Max);
                _average[i] = (decay * _average[i]) + ((1 - decay) * x[i]);
            }

            return value;
        }
    }
}
