using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Optimizers;

namespace Atelier.Tests.Optimizers;

public sealed class StepDecayTests
{
    // At a quarter, 0.05 + 0.95 × (1 + √½) ⁄ 2.
    [Theory]
    [InlineData(0, 1), InlineData(2, 0.8608757), InlineData(4, 0.525), InlineData(8, 0.05), InlineData(9, 0.05)]
    public void At_Step_FallsAlongHalfACosine(int step, double expected)
        => Assert.Equal(expected, new StepDecay(0.05, 8).At(step), 1e-7);

    [Fact]
    public void At_WithoutDecay_IsOne()
        => Assert.All(Enumerable.Range(0, 9), step => Assert.Equal(1, new StepDecay(1, 4).At(step)));

    // The gradient is constant, so that Adam moves by its step size.
    [Fact]
    public void Step_WithDecay_MovesByTheShareOfEachStep()
    {
        using IEngine engine = CpuEngine.Create();
        using Adam adam = new(engine, [0f], new Bounds(-10, 10), learningRate: 0.5, averageDecay: 0)
        {
            Decay = new StepDecay(0.2, 4),
        };
        double place = 0;
        for (int step = 0; step < 4; step++)
        {
            adam.Step(new Slope(engine));
            double next = adam.ReadResult()[0];
            Assert.Equal(-0.5 * new StepDecay(0.2, 4).At(step), next - place, 1e-5);
            place = next;
        }
    }

    private sealed class Slope(IEngine engine) : IObjective
    {
        public double Evaluate(Tensor x, Tensor gradient)
        {
            engine.Write([1f], gradient);
            return 0;
        }
    }
}
