namespace Atelier.Engine.Cpu;

/// <summary>Places buffers in one memory block so that those in use at the same time do not overlap.</summary>
internal static class MemoryPlacement
{
    /// <summary>Returns the byte offset of each buffer: largest first, each at the lowest possible offset.</summary>
    /// <param name="uses">When they are in use.</param>
    /// <param name="bytesFor">Their sizes.</param>
    /// <param name="total">Receives the size of the block in bytes.</param>
    internal static long[] Place(IReadOnlyList<MapLifetime> uses, Func<MapLifetime, long> bytesFor, out long total)
    {
        long[] sizes = [.. uses.Select(use => RoundUp(bytesFor(use)))], offsets = new long[uses.Count];
        List<int> placed = [];
        total = 0;
        foreach (int i in Enumerable.Range(0, uses.Count).OrderByDescending(i => sizes[i]))
        {
            long offset = 0;
            foreach (int other in placed.Where(other => Overlap(uses[i], uses[other])).OrderBy(other => offsets[other]))
            {
                if (offset + sizes[i] <= offsets[other])
                {
                    break;
                }

                offset = Math.Max(offset, offsets[other] + sizes[other]);
            }

            offsets[i] = offset;
            placed.Add(i);
            total = Math.Max(total, offset + sizes[i]);
        }

        return offsets;
    }

    private static bool Overlap(MapLifetime a, MapLifetime b) => a.FirstStep <= b.LastStep && b.FirstStep <= a.LastStep;

    private static long RoundUp(long bytes)
        => (bytes + MemoryBlock.Alignment - 1) / MemoryBlock.Alignment * MemoryBlock.Alignment;
}
