using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Options;

namespace Atelier.Studio.Inside;

/// <summary>Answers what the network sees in a small picture: its feature maps, the places where a channel is
/// strongest, and how far a position sees. One question at a time.</summary>
/// <param name="pictures">The pictures.</param>
/// <param name="engine">The engine.</param>
public sealed class FeatureExplorer(FigurePictures pictures, EngineOptions engine) : IDisposable
{
    /// <summary>Long side of the pictures that are looked at, in pixels.</summary>
    public const int Side = 256;

    private const int MostKept = 12;

    private readonly Lock _lock = new();
    private readonly Lazy<Inspector> _inspector = new(() => new Inspector("compact", engine: engine));
    private readonly List<((Subject Subject, string Layer) Key, LayerFeatures Features)> _kept = [];

    /// <summary>The layers of the network that can be looked at, shallow to deep.</summary>
    public ImmutableArray<string> Layers => _inspector.Value.Definition.ReluNames;

    /// <summary>Returns a picture as it is looked at.</summary>
    /// <exception cref="AtelierException">It cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Picture Picture(Subject subject) => pictures.Load(subject, Side);

    /// <summary>Returns the features of a picture at a layer.</summary>
    /// <exception cref="AtelierException">There is no such layer, or the picture cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public LayerFeatures Features(Subject subject, string layer)
    {
        lock (_lock)
        {
            int index = _kept.FindIndex(each => each.Key == (subject, layer));
            if (index >= 0)
            {
                return _kept[index].Features;
            }

            LayerFeatures features = _inspector.Value.Features(Picture(subject), LayerSelection.Parse(layer))[0];
            _kept.Add(((subject, layer), features));
            if (_kept.Count > MostKept)
            {
                _kept.RemoveAt(0);
            }

            return features;
        }
    }

    /// <summary>Returns the receptive field of a layer's positions.</summary>
    /// <exception cref="OptionsException">There is no such layer.</exception>
    public ReceptiveField FieldOf(string layer)
        => ReceptiveField.FromNetwork(_inspector.Value.Definition).FirstOrDefault(field => field.Layer == layer)
            ?? throw new OptionsException(new Problem(
                "layer", $"is '{layer}', which the network does not have", $"choose one of {string.Join(", ", Layers)}"));

    /// <summary>Returns what the position of a layer nearest to a pixel sees, and what it finds there.</summary>
    /// <param name="subject">The picture.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Column of the pixel; clamped to the picture.</param>
    /// <param name="y">Row of the pixel; clamped to the picture.</param>
    /// <exception cref="AtelierException">There is no such layer, or the picture cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Probe ProbeAt(Subject subject, string layer, int x, int y)
    {
        ReceptiveField field = FieldOf(layer);
        LayerFeatures features = Features(subject, layer);
        Picture picture = Picture(subject);
        return Probe.Create(picture, field, features, field.PositionNear(
            Math.Clamp(y, 0, picture.Height - 1), picture.Height), field.PositionNear(
            Math.Clamp(x, 0, picture.Width - 1), picture.Width));
    }

    /// <summary>Returns the effective receptive field of the position of a layer nearest to a pixel.</summary>
    /// <inheritdoc cref="ProbeAt"/>
    public EffectiveReceptiveField InfluenceAt(Subject subject, string layer, int x, int y)
    {
        FieldOf(layer);
        Picture picture = Picture(subject);
        lock (_lock)
        {
            return _inspector.Value.EffectiveReceptiveFields(
                picture, LayerSelection.Parse(layer),
                Math.Clamp(x, 0, picture.Width - 1), Math.Clamp(y, 0, picture.Height - 1))[0];
        }
    }

    /// <summary>Returns the places where a channel is strongest, strongest first, none inside another's receptive
    /// field's inner half.</summary>
    /// <param name="subject">The picture.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="count">How many at most.</param>
    /// <exception cref="AtelierException">There is no such layer, or the picture cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ImmutableArray<Probe> StrongestPlaces(Subject subject, string layer, int channel, int count)
    {
        ReceptiveField field = FieldOf(layer);
        LayerFeatures features = Features(subject, layer);
        Picture picture = Picture(subject);
        float[] map = features.Map(channel).ToArray();
        int apart = Math.Max(1, field.Size / (2 * field.Stride));
        List<int> chosen = [];
        foreach (int i in Enumerable.Range(0, map.Length).OrderByDescending(i => map[i]))
        {
            if (chosen.Count == count || map[i] <= 0)
            {
                break;
            }

            if (chosen.All(other => DistanceBetween(i, other, features.Width) >= apart))
            {
                chosen.Add(i);
            }
        }

        return
        [
            .. chosen.Select(i => Probe.Create(picture, field, features, i / features.Width, i % features.Width)),
        ];
    }

    /// <summary>Returns the Gram matrices of a picture.</summary>
    /// <exception cref="AtelierException">The picture is too small for a layer.</exception>
    public ImmutableArray<GramMatrix> Grams(Picture picture, LayerSelection layers)
    {
        lock (_lock)
        {
            return _inspector.Value.Grams(picture, layers);
        }
    }

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        if (_inspector.IsValueCreated)
        {
            _inspector.Value.Dispose();
        }
    }

    private static int DistanceBetween(int i, int j, int width)
        => Math.Max(Math.Abs((i / width) - (j / width)), Math.Abs((i % width) - (j % width)));
}
