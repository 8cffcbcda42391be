using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Optimizers;
using Atelier.Options;
using Atelier.Testing;
using Atelier.Weights;

namespace Atelier.Tests.Optimizers;

/// <summary>Whole runs on a real objective against PyTorch's.</summary>
public sealed class ReferenceRunTests
{
    private static readonly StylizeOptions Options = StylizeOptions.Version1 with
    {
        ContentLayers = LayerSelection.Parse("relu4_2"),
        ContentWeight = 1,
        ContentLoss = ContentLossKind.HalfSum,
        StyleWeight = 1e3,
        StyleLoss = StyleLossKind.Gram,
        StyleLayers = LayerSelection.Parse("relu1_1,relu2_1,relu3_1,relu4_1,relu5_1"),
        TvWeight = 0,
    };

    [Fact]
    public void Lbfgs_SixtyIterations_ReachThePyTorchObjectiveInNoMoreEvaluations()
    {
        WeightStore bar = Fixture.Reference("lbfgs_bar");
        using Run run = new();
        using Lbfgs optimizer = new(run.Engine, run.Content.Values, Bounds.None, firstStep: 1, history: 20);

        while (optimizer.Evaluations < bar.Number("evaluations") - 1)
            optimizer.Step(run.Objective);

        Assert.True(
            optimizer.Value <= bar.Number("loss"),
            $"{optimizer.Value} after {optimizer.Evaluations} evaluations; {bar.Number("loss")} is the bar.");
    }

    [Fact]
    public void Lbfgs_InsideTheBox_StaysInsideAndComesNearTheUnboundedObjective()
    {
        WeightStore bar = Fixture.Reference("lbfgs_bar");
        using Run run = new();
        using Lbfgs optimizer = new(run.Engine, run.Content.Values, Bounds.Picture, firstStep: 1, history: 20);

        double loss = double.PositiveInfinity;
        for (int i = 0; i < 60; i++)
        {
            double next = optimizer.Step(run.Objective);
            Assert.True(next <= loss, $"Iteration {i} raised the objective from {loss} to {next}.");
            loss = next;
        }

        float[] values = optimizer.ReadResult();
        Assert.All(values, value => Assert.InRange(value, 0f, 1f));
        Assert.InRange(loss, 0, 1.35 * bar.Number("loss"));
    }

    [Fact]
    public void Adam_TwentySteps_FollowPyTorch()
    {
        WeightStore expected = Fixture.Reference("adam_trajectory");
        double[] losses = [.. expected.Metadata["losses"].Trim('[', ']').Split(',').Select(double.Parse)];
        using Run run = new();
        using Adam optimizer = new(
            run.Engine, run.Content.Values, Bounds.None, expected.Number("lr"), averageDecay: 0, beta2: 0.999);

        // Adam divides by the gradient's size, so a pixel whose gradient is nearly zero may set off either way by the
        // last bit; the first steps agree closely, the later ones as a whole.
        for (int i = 0; i < losses.Length; i++)
            Assert.Equal(losses[i], optimizer.Step(run.Objective), losses[i] * (i < 3 ? 1e-3 : 3e-2));

        float[] values = optimizer.ReadResult();
        double difference = values.Zip(expected.Tensors["final"].Values, (a, b) => Math.Abs((double)a - b)).Average();
        Assert.InRange(difference, 0, 0.75 * expected.Number("lr"));
    }

    private sealed class Run : IDisposable
    {
        private readonly Network _network;

        internal Run()
        {
            WeightStore pictures = Fixture.Reference("images");
            _network = Network.Load(Fixture.PathOf("reference", "narrow_vgg19.safetensors"), Pooling.Max, Engine);
            Content = PlanarPicture.From(pictures.Picture("content"));
            Objective = new ObjectiveBuilder(Engine, (IWorkers)Engine, _network, Options).Build(
                Content.Height, Content.Width, new ContentTarget(Content),
                [PlanarPicture.From(pictures.Picture("style"))]);
        }

        internal IEngine Engine { get; } = CpuEngine.Create();

        internal PlanarPicture Content { get; }

        internal Objective Objective { get; }

        public void Dispose()
        {
            Objective.Dispose();
            _network.Dispose();
            Engine.Dispose();
        }
    }
}
