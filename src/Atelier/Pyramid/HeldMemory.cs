using Atelier.Imaging;

namespace Atelier.Pyramid;

/// <summary>Frees pictures that nothing refers to any longer, before memory is allocated beside them of which the
/// garbage collector knows nothing.</summary>
internal static class HeldMemory
{
    // Less is not worth a collection.
    private const long LeastPixels = 200_000;

    private static readonly bool IsConserved = GC.GetConfigurationVariables()
        .TryGetValue("GCConserveMem", out object? level) && Convert.ToInt64(level, null) > 0;

    /// <summary>Collects garbage and returns its memory to the system, if the run has a memory limit or the program
    /// has the collector conserve memory; in other programs, a collection would stop threads that do other work.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="scale">The present scale.</param>
    internal static void Free(PreparedRun run, PyramidScale scale)
    {
        bool isWanted = IsConserved || run.Options.MaxMemory is not null;
        long pixels = ((long)scale.Width * scale.Height) + PixelsOf(run.Photograph)
            + run.GivenStyles.Sum(style => PixelsOf(style.Picture));
        if (isWanted && pixels >= LeastPixels)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private static long PixelsOf(Picture? picture) => picture is null ? 0 : (long)picture.Width * picture.Height;
}
