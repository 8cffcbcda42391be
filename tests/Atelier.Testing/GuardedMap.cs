using Atelier.Engine;

namespace Atelier.Testing;

/// <summary>A feature map that a test can see into: its values, its border and padding,
/// and the memory behind it.</summary>
internal sealed class GuardedMap : IDisposable
{
    private const float Sentinel = -12345.5f;

    private readonly MapStorage _storage;

    /// <summary>A map of zeros.</summary>
    internal GuardedMap(IEngine engine, Shape shape)
    {
        _storage = MapStorage.Create(engine, shape);
        Fill(0);
    }

    /// <summary>A map of values [H, W, C].</summary>
    internal GuardedMap(IEngine engine, Shape shape, float[] values) : this(engine, shape)
    {
        float[] all = _storage.Read();
        for (int i = 0; i < values.Length; i++)
            all[IndexOf(i)] = values[i];
        _storage.Write(all);
    }

    internal FeatureMap Map => _storage.Map;

    internal Shape Shape => Map.Shape;

    /// <summary>The values, [H, W, C].</summary>
    internal double[] Values
    {
        get
        {
            float[] all = _storage.Read();
            return [.. Enumerable.Range(0, (int)Shape.Count).Select(i => (double)all[IndexOf(i)])];
        }
    }

    internal static GuardedMap Random(IEngine engine, Shape shape, int seed)
        => new(engine, shape, Numbers.Normal(seed, (int)shape.Count));

    /// <summary>Fills everything, border and padding included, with a number that no operation may leave.</summary>
    internal GuardedMap Soiled()
    {
        Fill(float.NaN);
        return this;
    }

    /// <summary>Nothing was written behind the map; border and padding channels are zero.</summary>
    internal void AssertClean()
    {
        AssertGuarded();
        double sum = 0, inside = Values.Sum(Math.Abs);
        foreach (float value in _storage.Read().AsSpan(0, _storage.Count))
            sum += Math.Abs((double)value);
        Assert.Equal(inside, sum, 1e-9 * inside);
    }

    /// <summary>Nothing was written beside the map's memory.</summary>
    internal void AssertGuarded()
        => Assert.Equal(-1, _storage.Read().AsSpan(_storage.Count).IndexOfAnyExcept(Sentinel));

    public void Dispose() => _storage.Dispose();

    private void Fill(float value)
    {
        float[] all = _storage.Read();
        all.AsSpan(0, _storage.Count).Fill(value);
        all.AsSpan(_storage.Count).Fill(Sentinel);
        _storage.Write(all);
    }

    private int IndexOf(int index)
    {
        (int pixel, int channel) = Math.DivRem(index, Shape.Channels);
        (int y, int x) = Math.DivRem(pixel, Shape.Width);
        return _storage.IndexOf(y, x, channel);
    }
}
