using Atelier.Engine.OpenCl;

namespace Atelier.Engine.Tests.OpenCl;

/// <summary>Maps share memory if they are not in use at the same time, and not otherwise.</summary>
public sealed class MapSlotsTests
{
    [Fact]
    public void For_RandomLifetimes_NeverSharesWhatIsInUse()
    {
        Random random = new(5);
        for (int run = 0; run < 50; run++)
        {
            MapLifetime[] uses = [.. Enumerable.Range(0, 12).Select(_ =>
            {
                int first = random.Next(10);
                return new MapLifetime(
                    new Shape(random.Next(1, 40), random.Next(1, 40), random.Next(1, 70)), random.Next(1, 50), first,
                    first + random.Next(4));
            })];

            MapSlots slots = MapSlots.For(uses);

            for (int i = 0; i < uses.Length; i++)
            {
                MapLifetime use = uses[i];
                int rows = Math.Min(use.Rows, use.Shape.Height);
                Assert.InRange(
                    (rows + 2L) * (use.Shape.Width + 2) * use.Shape.Channels * sizeof(float), 1,
                    slots.Bytes[slots.SlotOf[i]]);
                for (int j = 0; j < i; j++)
                {
                    bool overlap = use.FirstStep <= uses[j].LastStep && uses[j].FirstStep <= use.LastStep;
                    Assert.False(overlap && slots.SlotOf[i] == slots.SlotOf[j]);
                }
            }
        }
    }

    [Fact]
    public void For_OneAfterAnother_TakesTheMemoryOfTheLargest()
    {
        Shape small = new(3, 5, 16), large = new(7, 11, 16);

        MapSlots slots = MapSlots.For([new(small, 3, 0, 1), new(large, 7, 2, 3), new(small, 3, 4, 4)]);

        Assert.Equal([9 * 13 * 16 * sizeof(float)], slots.Bytes);
    }
}
