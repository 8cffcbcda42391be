namespace Atelier.Engine.Cpu;

/// <summary>Threads of the processor that share work beside an engine's operations: the algebra of style losses,
/// optical flow. Each instance does one thing at a time.</summary>
internal interface IWorkers
{
    /// <summary>Does parts 0 to <paramref name="count"/> − 1, in any order and at the same time, and returns when the
    /// last is done. What a part does must not depend on which thread does it.</summary>
    void Run(int count, Action<int> part);

    /// <summary>The threads of the processor's engine, which has none to do while others work beside it; threads of
    /// their own beside any other engine.</summary>
    /// <param name="engine">The engine that they work beside.</param>
    /// <param name="threads">How many beside another engine; 0 means one for each processor.</param>
    static IWorkers Beside(IEngine engine, int threads)
        => engine as IWorkers ?? new WorkerPool(threads == 0 ? EngineInfo.Current.ProcessorCount : threads);
}
