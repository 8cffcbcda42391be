using Atelier.Engine.Cpu;

namespace Atelier.Engine.Tests.Cpu;

public sealed class SharedMemoryTests
{
    [Fact]
    public void Place_RandomUses_NothingInUseTogetherOverlaps()
    {
        Random random = new(5);
        for (int round = 0; round < 200; round++)
        {
            MapLifetime[] uses = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => NewUse(random))];
            long[] offsets = MemoryPlacement.Place(uses, Bytes, out long total);
            for (int a = 0; a < uses.Length; a++)
            {
                Assert.InRange(offsets[a], 0, total - Bytes(uses[a]));
                Assert.Equal(0, offsets[a] % MemoryBlock.Alignment);
                for (int b = 0; b < a; b++)
                {
                    bool together = uses[a].FirstStep <= uses[b].LastStep && uses[b].FirstStep <= uses[a].LastStep;
                    bool overlap = offsets[a] < offsets[b] + Bytes(uses[b]) && offsets[b] < offsets[a] + Bytes(uses[a]);
                    Assert.False(together && overlap, $"{uses[a]} and {uses[b]} share memory.");
                }
            }
        }
    }

    [Fact]
    public void Place_OneAfterTheOther_TakesTheMemoryOfTwo()
    {
        MapLifetime[] uses =
            [.. Enumerable.Range(0, 9).Select(step => new MapLifetime(new Shape(16, 4, 16), 16, step, step + 1))];
        MemoryPlacement.Place(uses, _ => 1024, out long total);
        Assert.Equal(2048, total);
    }

    private static MapLifetime NewUse(Random random)
    {
        int first = random.Next(30);
        return new MapLifetime(new Shape(random.Next(1, 50), 3, 16), 1, first, first + random.Next(10));
    }

    private static long Bytes(MapLifetime use) => use.Shape.Height * 100L;
}
