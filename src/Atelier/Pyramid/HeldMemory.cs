using System.Runtime;

namespace Atelier.Pyramid;

/// <summary>Frees pictures that nothing refers to any longer, before memory is allocated beside them of which the
/// garbage collector knows nothing.</summary>
internal static class HeldMemory
{
    // Less is not worth a collection.
    private const long LeastBytes = 2_000_000;

    private static readonly bool IsConserved = GC.GetConfigurationVariables()
        .TryGetValue("GCConserveMem", out object? level) && Convert.ToInt64(level, null) > 0;

    /// <summary>Collects garbage and returns its memory to the system, if the run has a memory limit or the program
    /// has the collector conserve memory; in other programs, a collection would stop threads that do other work.</summary>
    /// <param name="run">The run.</param>
    /// <param name="scale">The present scale.</param>
    internal static void Free(PreparedRun run, PyramidScale scale)
    {
        bool isWanted = IsConserved || run.Options.MaxMemory is not null;
        if (isWanted && 3L * sizeof(float) * scale.Width * scale.Height >= LeastBytes)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
