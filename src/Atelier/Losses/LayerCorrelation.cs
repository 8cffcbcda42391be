using Atelier.Engine;

namespace Atelier.Losses;

/// <summary>The correlation between the features of two layers of a picture: G = (up F + s)(E + s)ᵀ ⁄ M, where F are
/// the features of the deeper layer, upsampled by nearest neighbor to the size of the shallower layer, which has the
/// features E at M positions. Within a mask, it is the weighted mean over positions.</summary>
/// <remarks>Novak and Nikulin 2016, section 3.4. The features arrive in pieces, but their whole maps must remain in
/// memory, because each piece has to wait for its counterpart.</remarks>
/// <param name="engine">The engine of the maps.</param>
/// <param name="deeper">The deeper layer.</param>
/// <param name="shallower">The shallower layer.</param>
/// <param name="shift">s, added to all features.</param>
/// <param name="where">Weight of each position of the shallower layer, owned by this object; null for equal
/// weights.</param>
internal sealed class LayerCorrelation(
    IEngine engine, string deeper, string shallower, double shift, PositionWeights? where = null)
    : IStyleMeasure<double[]>
{
    private double[] _products = [];
    private bool _knowsDeeper;
    private bool _knowsShallower;

    internal string Deeper => deeper;

    /// <summary>The deeper layer's features, once available.</summary>
    internal FeatureMap? DeeperFeatures { get; private set; }

    /// <summary>The shallower layer's features, once available.</summary>
    internal FeatureMap? ShallowerFeatures { get; private set; }

    /// <summary>M, or the sum of the weights.</summary>
    internal double Positions => where?.Sum(Rows.All(ShallowerFeatures!)) ?? ShallowerFeatures!.Shape.Area;

    public void Measure(string layer, FeatureMap features, Rows rows)
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
            engine.AddCrossMoments(DeeperFeatures, ShallowerFeatures, (float)shift, _products, where);
        }
    }

    /// <summary>Returns G, with one row per channel of the deeper layer.</summary>
    public double[] Finish()
    {
        (_knowsDeeper, _knowsShallower) = (false, false);
        double positions = Positions;
        foreach (ref double product in _products.AsSpan())
            product /= positions;
        return _products;
    }

    public void Dispose() => where?.Dispose();
}
