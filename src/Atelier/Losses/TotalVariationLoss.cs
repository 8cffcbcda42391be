using Atelier.Engine;

namespace Atelier.Losses;

/// <summary>The total variation of a picture, and of its two color differences red − green and blue − (red + green) ⁄ 2
/// alone.</summary>
internal sealed class TotalVariationLoss : IDisposable
{
    // Both differences of the colors (1, 0, 0) and (0, 0, 1) have a length of 0.7.
    private static readonly float[] ToChroma = [0.7f, -0.7f, 0, -0.35f, -0.35f, 0.7f, 0, 0, 0];
    private static readonly float[] FromChroma = [0.7f, -0.35f, 0, -0.7f, -0.35f, 0, 0, 0.7f, 0];

    // The mean over three planes, of which the third is zero, instead of two.
    private const double MeanOfTwo = 1.5;

    private readonly IEngine _engine;
    private readonly int _height;
    private readonly int _width;
    private readonly bool _isTileable;
    private readonly TotalVariationKind _kind;
    private readonly double _weight;
    private readonly double _chromaWeight;
    private readonly Tensor? _chroma;
    private readonly Tensor? _chromaGradient;
    private double _value;
    private double _chromaValue;

    internal TotalVariationLoss(
        IEngine engine, int height, int width, TotalVariationKind kind, double weight, double chromaWeight,
        bool isTileable)
    {
        (_engine, _height, _width, _isTileable) = (engine, height, width, isTileable);
        (_kind, _weight, _chromaWeight) = (kind, weight, MeanOfTwo * chromaWeight);
        if (chromaWeight != 0)
        {
            _chroma = engine.CreateTensor(3 * height * width);
            _chromaGradient = engine.CreateTensor(3 * height * width);
        }
    }

    /// <summary>The terms at the last evaluation.</summary>
    internal IEnumerable<LossTerm> Terms
    {
        get
        {
            if (_weight != 0)
            {
                yield return new LossTerm(LossKind.TotalVariation, null, "tv", _weight, _value);
            }

            if (_chromaWeight != 0)
            {
                yield return new LossTerm(
                    LossKind.TotalVariation, null, "chroma tv", _chromaWeight / MeanOfTwo, _chromaValue);
            }
        }
    }

    /// <summary>Returns the weighted value and adds its gradient.</summary>
    internal double Evaluate(Tensor x, Tensor gradient)
    {
        if (_weight != 0)
        {
            _value = _weight
                * _engine.TotalVariation(_kind, x, _height, _width, (float)_weight, gradient, _isTileable);
        }

        if (_chroma is not null)
        {
            _engine.MixPlanes(x, ToChroma, 0, _chroma);
            _engine.CopyScaled(_chroma, 0, _chromaGradient!);
            _chromaValue = _chromaWeight * _engine.TotalVariation(
                TotalVariationKind.NinePoint, _chroma, _height, _width, (float)_chromaWeight, _chromaGradient!,
                _isTileable);
            _engine.MixPlanes(_chromaGradient!, FromChroma, 1, gradient);
        }

        return _value + _chromaValue;
    }

    public void Dispose()
    {
        _chroma?.Dispose();
        _chromaGradient?.Dispose();
    }
}
