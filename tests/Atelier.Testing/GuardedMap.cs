using Atelier.Engine;
using Atelier.Engine.Cpu;

namespace Atelier.Testing;

/// <summary>A feature map that a test can see into: its values, its border and padding,
/// and the memory behind it.</summary>
internal sealed unsafe class GuardedMap : IDisposable
{
    private const int GuardFloats = 64;
    private const float Sentinel = -12345.5f;

    private readonly MemoryBlock _memory;

    /// <summary>A map of zeros.</summary>
    internal GuardedMap(IEngine engine, Shape shape)
    {
        using CpuFeatureMap layout = CpuFeatureMap.From(engine.CreateMap(shape));
        _memory = new MemoryBlock(
            CpuFeatureMap.BytesFor(shape, layout.PixelStride, shape.Height) + (GuardFloats * sizeof(float)));
        Map = new CpuFeatureMap(shape, layout.PixelStride, shape.Height, _memory, offset: 0);
        Guard.Fill(Sentinel);
    }

    /// <summary>A map of values [H, W, C].</summary>
    internal GuardedMap(IEngine engine, Shape shape, float[] values) : this(engine, shape)
    {
        for (int i = 0; i < values.Length; i++)
            At(i) = values[i];
    }

    internal CpuFeatureMap Map { get; }

    internal Shape Shape => Map.Shape;

    /// <summary>The values, [H, W, C].</summary>
    internal double[] Values => [.. Enumerable.Range(0, (int)Shape.Count).Select(i => (double)At(i))];

    private Span<float> Storage
        => new(_memory.Address, (int)(CpuFeatureMap.BytesFor(Shape, Map.PixelStride, Shape.Height) / sizeof(float)));

    private Span<float> Guard => new((float*)_memory.Address + Storage.Length, GuardFloats);

    internal static GuardedMap Random(IEngine engine, Shape shape, int seed)
        => new(engine, shape, Numbers.Normal(seed, (int)shape.Count));

    /// <summary>Fills everything, border and padding included, with a number that no operation may leave.</summary>
    internal GuardedMap Soiled()
    {
        Storage.Fill(float.NaN);
        return this;
    }

    /// <summary>Nothing was written behind the map; border and padding channels are zero.</summary>
    internal void AssertClean()
    {
        AssertGuarded();
        double sum = 0, inside = Values.Sum(Math.Abs);
        foreach (float value in Storage)
            sum += Math.Abs((double)value);
        Assert.Equal(inside, sum, 1e-9 * inside);
    }

    /// <summary>Nothing was written beside the map's memory.</summary>
    internal void AssertGuarded() => Assert.Equal(-1, Guard.IndexOfAnyExcept(Sentinel));

    public void Dispose() => _memory.Dispose();

    private ref float At(int index)
    {
        (int pixel, int channel) = Math.DivRem(index, Shape.Channels);
        (int y, int x) = Math.DivRem(pixel, Shape.Width);
        return ref Map.Origin[(y * Map.RowStride) + (x * Map.PixelStride) + channel];
    }
}
