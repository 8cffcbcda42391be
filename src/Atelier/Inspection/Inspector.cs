using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Statistics;
using Atelier.Imaging;
using Atelier.Networks;
using Atelier.Options;

namespace Atelier.Inspection;

/// <summary>Inspects a perceptual network on a picture: feature maps, Gram matrices and effective receptive fields.
/// Uses single precision.</summary>
/// <remarks>Owns its worker threads and the network. Create one, use it for any number of pictures, one at a time, and
/// dispose it.</remarks>
public sealed class Inspector : IDisposable
{
    private readonly IEngine _engine;
    private readonly Network _network;

    /// <summary>Creates an inspector for a network.</summary>
    /// <param name="network">The embedded network (<c>compact</c>), or the path of a weight file.</param>
    /// <param name="pooling">Pooling of the network.</param>
    /// <param name="engine">Where it computes; null for the default.</param>
    /// <exception cref="AtelierException">The network does not exist, or its file is damaged.</exception>
    public Inspector(string network, Pooling pooling = Pooling.Max, EngineOptions? engine = null)
    {
        _engine = (engine ?? EngineOptions.Default).CreateEngine();
        try
        {
            _network = Network.Load(network, pooling, _engine, Precision.Single);
        }
        catch
        {
            _engine.Dispose();
            throw;
        }
    }

    /// <summary>The network's layers.</summary>
    public NetworkDefinition Definition => _network.Definition;

    /// <summary>Computes the feature maps of layers, shallow to deep.</summary>
    /// <exception cref="OptionsException">There is no such layer, or the picture is too small for it.</exception>
    public ImmutableArray<LayerFeatures> Features(Picture picture, LayerSelection layers)
    {
        using Encoder encoder = CreateEncoder(picture, layers, needsGradient: false, out ImmutableArray<string> names);
        Dictionary<string, float[]> values =
            names.ToDictionary(layer => layer, layer => new float[encoder.Geometry.ShapeOf(layer).Count]);
        Forward(encoder, picture, (layer, map, rows) =>
        {
            (int height, int width, int channels) = map.Shape;
            for (int channel = 0; channel < channels; channel++)
            {
                int start = ((channel * height) + rows.First) * width;
                _engine.Read(map, channel, rows, values[layer].AsSpan(start, rows.Count * width));
            }
        });
        return [.. names.Select(layer =>
        {
            (int height, int width, int channels) = encoder.Geometry.ShapeOf(layer);
            return new LayerFeatures(layer, channels, height, width, values[layer]);
        })];
    }

    /// <summary>Computes the Gram matrices of layers, shallow to deep.</summary>
    /// <exception cref="OptionsException">There is no such layer, or the picture is too small for it.</exception>
    public ImmutableArray<GramMatrix> Grams(Picture picture, LayerSelection layers)
    {
        using Encoder encoder = CreateEncoder(picture, layers, needsGradient: false, out ImmutableArray<string> names);
        Dictionary<string, MomentSums> sums =
            names.ToDictionary(layer => layer, layer => new MomentSums(encoder.Geometry.ShapeOf(layer).Channels));
        Forward(encoder, picture, (layer, map, rows) => _engine.AddMoments(map, sums[layer], rows));
        return [.. names.Select(layer => new GramMatrix(layer, new FeatureStatistics(sums[layer])))];
    }

    /// <summary>Computes the effective receptive fields of the positions nearest to a pixel, for layers from shallow to
    /// deep.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="x">Column of the pixel.</param>
    /// <param name="y">Row of the pixel.</param>
    /// <exception cref="OptionsException">There is no such layer, or the picture is too small for it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The pixel lies outside the picture.</exception>
    public ImmutableArray<EffectiveReceptiveField> EffectiveReceptiveFields(
        Picture picture, LayerSelection layers, int x, int y)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)picture.Width, nameof(x));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)picture.Height, nameof(y));
        return [.. NamesOf(layers).Select(layer => EffectiveFieldOf(picture, layer, x, y))];
    }

    /// <summary>Stops the worker threads and frees the network.</summary>
    public void Dispose()
    {
        _network.Dispose();
        _engine.Dispose();
    }

    private EffectiveReceptiveField EffectiveFieldOf(Picture picture, string layer, int x, int y)
    {
        LayerSelection only = new() { Layers = [(layer, null)] };
        using Encoder encoder = CreateEncoder(picture, only, needsGradient: true, out ImmutableArray<string> _);
        ReceptiveField field = ReceptiveField.FromNetwork(Definition).Single(field => field.Layer == layer);
        (int height, int width, int channels) = encoder.Geometry.ShapeOf(layer);
        (int row, int column) = (field.PositionNear(y, picture.Height), field.PositionNear(x, picture.Width));

        // The derivative of the sum of a position's channels: 1 for each channel at that position, 0 elsewhere.
        MomentGradient ofSum = new(channels);
        Array.Fill(ofSum.Values, 1);
        float[] place = new float[height * width];
        place[(row * width) + column] = 1;
        using PositionWeights weights = _engine.CreatePositionWeights(height, width, place);
        using Tensor planes = NewPlanes(picture), gradient = _engine.CreateTensor(planes.Length);
        encoder.Forward(planes, (_, _, _) => { });
        encoder.Backward(
            planes, (_, map, ofMap, rows) => _engine.AddMomentsGradient(map, ofSum, ofMap, rows, weights), gradient);
        float[] values = new float[gradient.Length];
        _engine.Read(gradient, values);
        return EffectiveReceptiveField.Create(
            field, row, column, new PlanarPicture(picture.Height, picture.Width, values));
    }

    private ImmutableArray<string> NamesOf(LayerSelection layers)
        => [.. _network.Select(layers, LayerWeighting.Equal, favorsDeepLayers: false).Select(layer => layer.Name)];

    private Encoder CreateEncoder(
        Picture picture, LayerSelection layers, bool needsGradient, out ImmutableArray<string> names)
    {
        ArgumentNullException.ThrowIfNull(picture);
        names = NamesOf(layers);
        EncoderGeometry geometry = new(_network, picture.Height, picture.Width, names, needsGradient);
        EncoderLayout layout = LayoutChoice.Choose(_engine, geometry, long.MaxValue).Layout;
        return new Encoder(_engine, _network, geometry, layout);
    }

    private void Forward(Encoder encoder, Picture picture, FeatureVisitor visitor)
    {
        using Tensor planes = NewPlanes(picture);
        encoder.Forward(planes, visitor);
    }

    private Tensor NewPlanes(Picture picture)
    {
        PlanarPicture planes = PlanarPicture.From(picture.Visible);
        Tensor tensor = _engine.CreateTensor(planes.Values.Length);
        _engine.Write(planes.Values, tensor);
        return tensor;
    }
}
