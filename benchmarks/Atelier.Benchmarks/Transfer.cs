using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Optimizers;
using Atelier.Options;

namespace Atelier.Benchmarks;

/// <summary>A style transfer at one size on an engine that is the caller's: what a run does again and again.</summary>
internal sealed class Transfer : IDisposable
{
    private readonly IEngine _engine;
    private readonly Network _network;
    private readonly Objective _objective;
    private readonly Tensor _picture;
    private readonly Tensor _gradient;
    private readonly Lazy<Adam> _optimizer;
    private int _iteration;

    /// <param name="engine">The engine.</param>
    /// <param name="networkPath">The file of the network.</param>
    /// <param name="options">What the objective follows from.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="workers">Threads for what is computed outside the engine; null for those of the engine.</param>
    internal Transfer(
        IEngine engine, string networkPath, StylizeOptions options, Pictures pictures, IWorkers? workers = null)
    {
        float[] start = pictures.Current.Values;
        _engine = engine;
        _network = Network.Load(networkPath, options.Pooling, engine);
        _objective = new ObjectiveBuilder(engine, workers ?? (IWorkers)engine, _network, options).Build(
            pictures.Current.Height, pictures.Current.Width, new ContentTarget(pictures.Content), [pictures.Style]);
        _objective.Prepare(pictures.Current);
        _picture = engine.CreateTensor(start.Length);
        _gradient = engine.CreateTensor(start.Length);
        engine.Write(start, _picture);
        _optimizer = new(() => new Adam(engine, start, Bounds.Picture, learningRate: 0.03, options.Average));
    }

    /// <summary>The objective at the picture, and the length of its gradient.</summary>
    internal (double Loss, double GradientLength) Evaluate()
    {
        double loss = _objective.Evaluate(_picture, _gradient);
        return (loss, Math.Sqrt(_engine.Dot(_gradient, _gradient)));
    }

    /// <summary>One evaluation and one step of Adam, from where the last step ended.</summary>
    internal void Step()
    {
        _objective.BeginIteration(_iteration++);
        _optimizer.Value.Step(_objective);
    }

    public void Dispose()
    {
        if (_optimizer.IsValueCreated)
        {
            _optimizer.Value.Dispose();
        }

        _gradient.Dispose();
        _picture.Dispose();
        _objective.Dispose();
        _network.Dispose();
    }
}
