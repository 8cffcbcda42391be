using Atelier.Engine.OpenCl.Handles;

namespace Atelier.Engine.OpenCl;

/// <summary>Which maps share memory, because they are not in use at the same time. Each slot is a buffer of its own:
/// devices limit the size of a single one.</summary>
/// <param name="SlotOf">The slot of each map.</param>
/// <param name="Bytes">The size of each slot: that of its largest map.</param>
internal sealed record MapSlots(IReadOnlyList<int> SlotOf, IReadOnlyList<long> Bytes)
{
    /// <summary>Places maps, largest first, each in the first slot that is free while it is in use.</summary>
    internal static MapSlots For(IReadOnlyList<MapLifetime> uses)
    {
        long[] sizes = [.. uses.Select(use =>
            OpenClFeatureMap.BytesFor(use.Shape, Math.Min(use.Rows, use.Shape.Height)))];
        int[] slotOf = new int[uses.Count];
        List<List<MapLifetime>> slots = [];
        List<long> bytes = [];
        foreach (int i in Enumerable.Range(0, uses.Count).OrderByDescending(i => sizes[i]))
        {
            int slot = slots.FindIndex(others => others.TrueForAll(other => !Overlap(other, uses[i])));
            if (slot < 0)
            {
                slot = slots.Count;
                slots.Add([]);
                bytes.Add(sizes[i]);
            }

            slots[slot].Add(uses[i]);
            slotOf[i] = slot;
        }

        return new MapSlots(slotOf, bytes);
    }

    private static bool Overlap(MapLifetime a, MapLifetime b) => a.FirstStep <= b.LastStep && b.FirstStep <= a.LastStep;
}
