using Atelier.Engine;
using Atelier.Optimizers;
using Atelier.Tensors;

namespace Atelier.Losses;

/// <summary>An objective of pictures that repeat: each is judged with a margin taken from its opposite sides, and what
/// the margin would gain goes to the samples that it shows.</summary>
internal sealed class PeriodicObjective : IObjective, IDisposable
{
    private readonly IEngine _engine;
    private readonly IObjective _inner;
    private readonly int _margin;
    private readonly (int Height, int Width) _size;
    private readonly (int Height, int Width) _extended;
    private readonly float[] _values;
    private readonly float[] _extendedValues;
    private readonly Tensor _picture;
    private readonly Tensor _gradient;
    private readonly Action<int> _extendRow;
    private readonly Action<int> _foldRow;

    /// <param name="inner">The objective of pictures with their margin, which stays the caller's.</param>
    /// <param name="size">Of a picture without margin.</param>
    internal PeriodicObjective(IEngine engine, IObjective inner, (int Height, int Width) size, int margin)
    {
        (_engine, _inner, _size, _margin) = (engine, inner, size, margin);
        _extended = (size.Height + (2 * margin), size.Width + (2 * margin));
        _values = new float[3 * size.Height * size.Width];
        _extendedValues = new float[3 * _extended.Height * _extended.Width];
        _picture = engine.NewTensor(_extendedValues.Length);
        _gradient = engine.NewTensor(_extendedValues.Length);
        (_extendRow, _foldRow) = (ExtendRow, FoldRow);
    }

    public double Evaluate(Tensor x, Tensor gradient)
    {
        _engine.Read(x, _values);
        _engine.ForEach(3 * _extended.Height, _extendRow);
        _engine.Write(_extendedValues, _picture);
        double value = _inner.Evaluate(_picture, _gradient);
        _engine.Read(_gradient, _extendedValues);
        _engine.ForEach(3 * _size.Height, _foldRow);
        _engine.Write(_values, gradient);
        return value;
    }

    public void Dispose()
    {
        _picture.Dispose();
        _gradient.Dispose();
    }

    private void ExtendRow(int row)
    {
        (int plane, int y) = Math.DivRem(row, _extended.Height);
        int source = Source(y, _size.Height);
        ReadOnlySpan<float> shown = _values.AsSpan(((plane * _size.Height) + source) * _size.Width, _size.Width);
        Span<float> target = _extendedValues.AsSpan(row * _extended.Width, _extended.Width);
        for (int x = 0; x < target.Length; x++)
            target[x] = shown[Source(x, _size.Width)];
    }

    /// <summary>Sums the gradient over all places that show the samples of a row.</summary>
    private void FoldRow(int row)
    {
        (int plane, int y) = Math.DivRem(row, _size.Height);
        Span<float> target = _values.AsSpan(row * _size.Width, _size.Width);
        target.Clear();
        for (int shown = (y + _margin) % _size.Height; shown < _extended.Height; shown += _size.Height)
        {
            int start = ((plane * _extended.Height) + shown) * _extended.Width;
            ReadOnlySpan<float> source = _extendedValues.AsSpan(start, _extended.Width);
            for (int x = 0; x < source.Length; x++)
                target[Source(x, _size.Width)] += source[x];
        }
    }

    /// <summary>The place that a place with margin shows.</summary>
    private int Source(int place, int size) => (place + size - (_margin % size)) % size;
}
