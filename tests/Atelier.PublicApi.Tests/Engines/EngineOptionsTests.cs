using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier.PublicApi.Tests.Engines;

/// <summary>Engines are chosen by name, shared, and never mixed up.</summary>
public sealed class EngineOptionsTests
{
    private static readonly StylizeOptions Smallest = StylizeOptions.Default with
    {
        StyleWeight = 0,
        ContentWeight = 0,
    };

    [Fact]
    public void CreateEngine_NameOfAnAddOn_IsThatEngine()
    {
        EngineOptions options = new() { Name = "naive", AddOns = [new NaiveProvider()] };
        using IEngine engine = options.CreateEngine(), cpu = EngineOptions.Default.CreateEngine();

        Assert.IsType<NaiveEngine>(engine);
        Assert.StartsWith("cpu ", cpu.Fingerprint, StringComparison.Ordinal);
        using Stylizer stylizer = new(options);
        Assert.NotEqual(0, Evaluate(stylizer));
    }

    [Fact]
    public void CreateEngine_UnknownName_NamesTheEnginesThatThereAre()
    {
        EngineOptions options = new() { Name = "opencl", AddOns = [new NaiveProvider()] };

        OptionsException error = Assert.Throws<OptionsException>(() => options.CreateEngine());

        Assert.Contains("'opencl'", error.Message, StringComparison.Ordinal);
        Assert.Contains("cpu, naive", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stylizer_OnAnEngineOfOthers_LeavesItToThem()
    {
        using IEngine engine = EngineOptions.Default.CreateEngine();
        double[] losses = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            using Stylizer stylizer = new(engine);
            return Evaluate(stylizer);
        })];

        Assert.Equal(losses[0], losses[1]);
        using Tensor tensor = engine.CreateTensor(3);
        engine.Write([1, 2, 3], tensor);
        Assert.Equal(14, engine.Dot(tensor, tensor));
    }

    [Fact]
    public void Operation_WithTheTensorOfAnotherEngine_NamesBoth()
    {
        using IEngine engine = EngineOptions.Default.CreateEngine();
        using Tensor own = engine.CreateTensor(3), foreign = new NaiveEngine().CreateTensor(3);

        ArgumentException error = Assert.Throws<ArgumentException>(() => engine.Dot(own, foreign));

        Assert.Contains("'cpu'", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(NaiveTensor), error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => engine.Clear(
            new NaiveEngine().CreateMap(new Shape(2, 3, 16)), new Rows(0, 1)));
        Assert.Equal(0, engine.Dot(own, own));
    }

    [Fact]
    public async Task Operation_WhileAnotherThreadsIsAtWork_IsRefusedOrRight()
    {
        using IEngine engine = EngineOptions.Default.CreateEngine();
        int refused = 0;
        void Work()
        {
            using Tensor ones = engine.CreateTensor(1 << 20);
            float[] values = new float[ones.Length];
            Array.Fill(values, 1);
            for (int i = 0; i < 200; i++)
            {
                try
                {
                    engine.Write(values, ones);
                    Assert.Equal(ones.Length, engine.Dot(ones, ones));
                }
                catch (InvalidOperationException error)
                {
                    Assert.Contains("one operation at a time", error.Message, StringComparison.Ordinal);
                    Interlocked.Increment(ref refused);
                }
            }
        }

        using Barrier start = new(3);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                Work();
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.NotEqual(0, refused);
        Work();
    }

    private static double Evaluate(Stylizer stylizer)
        => stylizer.Evaluate(Striped(), content: null, [], Smallest).Loss;

    private static Picture Striped()
    {
        Picture picture = new(19, 11);
        for (int i = 0; i < picture.Red.Length; i++)
            picture.Red[i] = i % 2;
        return picture;
    }

    private sealed class NaiveProvider : IEngineProvider
    {
        public string Name => "naive";

        public IEngine Create(EngineOptions options) => new NaiveEngine();
    }
}
