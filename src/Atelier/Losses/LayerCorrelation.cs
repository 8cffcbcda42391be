using Atelier.Engine;
using Atelier.Tensors;

namespace Atelier.Losses;

/// <summary>How the features of two layers of a picture go together: G = (up F + s)(E + s)ᵀ ⁄ M, where F are those of
/// the deeper layer, repeated to the size of the shallower one, of features E at M positions.</summary>
/// <remarks>Novak and Nikulin 2016, section 3.4. The layers are shown in pieces, but their maps must stay whole: each
/// piece has to wait for its counterpart.</remarks>
internal sealed class LayerCorrelation(IEngine engine, string deeper, string shallower, double shift)
{
    private double[] _products = [];
    private bool _knowsDeeper;
    private bool _knowsShallower;

    internal string Deeper => deeper;

    internal string Shallower => shallower;

    /// <summary>The deeper layer's features, once they are shown.</summary>
    internal FeatureMap? DeeperFeatures { get; private set; }

    /// <summary>The shallower layer's features, once they are shown.</summary>
    internal FeatureMap? ShallowerFeatures { get; private set; }

    internal double Positions => ShallowerFeatures!.Shape.Area;

    /// <summary>Takes rows of a layer in, if it is one of the two.</summary>
    internal void Measure(string layer, FeatureMap features, Rows rows)
    {
        bool isWhole = rows.End == features.Shape.Height;
        if (layer == deeper)
        {
            (DeeperFeatures, _knowsDeeper) = (features, isWhole);
        }
        else if (layer == shallower)
        {
            (ShallowerFeatures, _knowsShallower) = (features, isWhole);
        }
        else
        {
            return;
        }

        if (_knowsDeeper && _knowsShallower)
        {
            Array.Resize(ref _products, DeeperFeatures!.Shape.Channels * ShallowerFeatures!.Shape.Channels);
            Array.Clear(_products);
            engine.AddCrossMoments(DeeperFeatures, ShallowerFeatures, (float)shift, _products);
        }
    }

    /// <summary>G of the features that were shown, with a row for each channel of the deeper layer. The next features
    /// overwrite it. Ready to measure anew.</summary>
    internal double[] Finish()
    {
        (_knowsDeeper, _knowsShallower) = (false, false);
        foreach (ref double product in _products.AsSpan())
            product /= Positions;
        return _products;
    }
}
