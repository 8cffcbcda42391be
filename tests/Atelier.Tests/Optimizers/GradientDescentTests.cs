using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Optimizers;
using Atelier.Testing;

namespace Atelier.Tests.Optimizers;

public sealed class GradientDescentTests
{
    [Fact]
    public void Step_Quadratic_MovesAgainstTheGradientInsideTheBox()
    {
        using IEngine engine = CpuEngine.Create();
        double[] curvature = [1, 2, 4], center = [0.5, -3, 4];
        PlainObjective objective = new(engine, x => PlainObjective.Quadratic(x, curvature, center));
        using GradientDescent optimizer = new(engine, [0f, 0.5f, 1f], Bounds.Picture, learningRate: 0.25);

        Assert.Equal(0.125 + 12.25 + 18, optimizer.Step(objective), 1e-5);
        Assert.Equal([0.125, 0, 1], Numbers.Doubles(optimizer.ReadResult()));

        for (int i = 0; i < 60; i++)
            optimizer.Step(objective);
        Numbers.AssertClose([0.5, 0, 1], Numbers.Doubles(optimizer.ReadResult()), 1e-5);
    }
}
