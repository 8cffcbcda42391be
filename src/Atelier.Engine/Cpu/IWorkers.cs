namespace Atelier.Engine.Cpu;

/// <summary>CPU threads for work outside an engine's operations, such as the algebra of style losses and optical flow.
/// An instance runs one job at a time.</summary>
internal interface IWorkers
{
    /// <summary>Runs parts 0 to <paramref name="count"/> − 1, in any order and concurrently, and returns when all are
    /// complete. What a part does must not depend on the thread that runs it.</summary>
    void Run(int count, Action<int> part);

    /// <summary>Returns the threads of the CPU engine, which are idle between its operations, or new threads for any
    /// other engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="threads">Number of new threads; 0 means one for each processor.</param>
    static IWorkers Beside(IEngine engine, int threads)
        => engine as IWorkers ?? new WorkerPool(threads == 0 ? EngineInfo.Current.ProcessorCount : threads);
}
