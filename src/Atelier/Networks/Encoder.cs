using System.Collections.Immutable;
using System.Diagnostics;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Layers;

namespace Atelier.Networks;

/// <summary>Receives rows of the features of a selected layer as they are computed.</summary>
internal delegate void FeatureVisitor(string layer, FeatureMap features, Rows rows);

/// <summary>Adds the gradient of the losses with respect to rows of a selected layer's features.</summary>
internal delegate void GradientVisitor(string layer, FeatureMap features, FeatureMap gradient, Rows rows);

/// <summary>A network laid out for pictures of one size: forward from the picture to the features of selected layers,
/// and backward from gradients at these layers to the picture.</summary>
/// <remarks>The backward pass needs one bit per output of a ReLU, two bits per output of a max pool, and the features
/// of the selected layers; every other map is discarded after the next layer has read it.</remarks>
internal sealed class Encoder : IDisposable
{
    private readonly IEngine _engine;
    private readonly Network _network;
    private readonly ImmutableArray<Layer> _layers;
    private readonly EncoderSchedule _schedule;
    private readonly FeatureMap[] _maps;

    // The first row that is kept of each map.
    private readonly int[] _windowStarts;
    private readonly FeatureBits?[] _memories;
    private readonly IDisposable _mapMemory;
    private readonly CancellationToken _cancel;

    /// <summary>Allocates all memory for pictures of this size.</summary>
    /// <param name="cancel">Cancels a pass in progress, which then throws.</param>
    internal Encoder(
        IEngine engine, Network network, EncoderGeometry geometry, EncoderLayout layout,
        CancellationToken cancel = default)
    {
        (_engine, _network, Geometry, _cancel) = (engine, network, geometry, cancel);
        _layers = geometry.Layers;
        _schedule = new EncoderSchedule(geometry, layout);
        _memories = [.. _layers.Select((layer, i) =>
            geometry.NeedsGradient ? layer.CreateBits(geometry.Shapes[i]) : null)];
        _mapMemory = engine.CreateMaps(_schedule.Maps, out _maps);
        _windowStarts = new int[_maps.Length];
    }

    /// <summary>The part of the network that runs.</summary>
    internal EncoderGeometry Geometry { get; }

    // The border of a map that wraps around contains its opposite edges.
    private Padding Padding => Geometry.IsTileable ? Padding.Zero : _network.Padding;

    /// <summary>Runs the network on a planar picture.</summary>
    /// <param name="measure">Receives the features of the selected layers.</param>
    internal void Forward(Tensor picture, FeatureVisitor measure)
    {
        for (int i = 0; i < _schedule.ForwardOperations; i++)
        {
            _cancel.ThrowIfCancellationRequested();
            EncoderOperation operation = _schedule.Operations[i];
            if (operation.Work == EncoderOperationKind.Measure)
            {
                measure(_layers[operation.Layer].Name, _maps[operation.Source], operation.Rows);
            }
            else
            {
                Advance(operation, picture, remembers: true);
            }
        }
    }

    /// <summary>Runs the network on a picture that is not on the engine yet.</summary>
    internal void Forward(PlanarPicture picture, FeatureVisitor measure)
    {
        using Tensor tensor = _engine.CreateTensor(picture.Values.Length);
        _engine.Write(picture.Values, tensor);
        Forward(tensor, measure);
    }

    /// <summary>Runs the network backward after a <see cref="Forward(Tensor, FeatureVisitor)"/> of the same picture.
    /// </summary>
    /// <param name="addGradient">Adds the gradient of the losses at the selected layers, and propagates it through
    /// their ReLUs.</param>
    /// <param name="pictureGradient">Receives dLoss/dRGB, planar.</param>
    internal void Backward(Tensor picture, GradientVisitor addGradient, Tensor pictureGradient)
    {
        for (int i = _schedule.ForwardOperations; i < _schedule.Operations.Length; i++)
        {
            _cancel.ThrowIfCancellationRequested();
            EncoderOperation operation = _schedule.Operations[i];
            switch (operation.Work)
            {
                case EncoderOperationKind.Clear:
                    _engine.Clear(Window(operation), operation.Rows);
                    break;
                case EncoderOperationKind.Backward:
                    Retreat(operation);
                    break;
                case EncoderOperationKind.AddGradient:
                    addGradient(
                        _layers[operation.Layer].Name, _maps[operation.Source], _maps[operation.Target],
                        operation.Rows);
                    break;
                case EncoderOperationKind.NormalizeBackward:
                    _engine.NormalizeBackward(
                        _maps[operation.Source], _network.Std.Span, pictureGradient, Padding, operation.Rows);
                    break;
                case EncoderOperationKind.Normalize or EncoderOperationKind.Forward:
                    Advance(operation, picture, remembers: false);
                    break;
                default:
                    throw new UnreachableException($"A way back has no {operation.Work}.");
            }
        }
    }

    public void Dispose()
    {
        _mapMemory.Dispose();
        foreach (FeatureBits? memory in _memories)
            memory?.Dispose();
    }

    private void Advance(EncoderOperation operation, Tensor picture, bool remembers)
    {
        FeatureMap output = Window(operation);
        if (operation.Work == EncoderOperationKind.Normalize)
        {
            _engine.Normalize(picture, _network.Mean.Span, _network.Std.Span, output, Padding, operation.Rows);
        }
        else
        {
            FeatureBits? memory = remembers ? _memories[operation.Layer] : null;
            FillBorder(_maps[operation.Source], isTileable: true);
            _layers[operation.Layer].Forward(_maps[operation.Source], output, memory, operation.Rows);
            FillBorder(_maps[operation.Source], isTileable: false);
        }
    }

    private void Retreat(EncoderOperation operation)
    {
        int above = operation.Layer - 1;
        FeatureBits? inputSigns = above < 0 ? null : _layers[above].OutputSigns(_memories[above]);
        FillBorder(_maps[operation.Source], isTileable: true);
        _layers[operation.Layer].Backward(
            _maps[operation.Source], _memories[operation.Layer], Window(operation), inputSigns, operation.Rows);
        FillBorder(_maps[operation.Source], isTileable: false);
    }

    /// <summary>Fills the border of a map that wraps around with its opposite edges, for a layer that will read it, or
    /// resets it to zero. The border of all other maps is always zero.</summary>
    private void FillBorder(FeatureMap map, bool isTileable)
    {
        if (Geometry.IsTileable)
        {
            _engine.FillBorder(map, isTileable);
        }
    }

    /// <summary>Returns the map that an operation writes, with its window moved to include the operation's
    /// rows.</summary>
    private FeatureMap Window(EncoderOperation operation)
    {
        FeatureMap map = _maps[operation.Target];
        ref int start = ref _windowStarts[operation.Target];
        if (operation.Rows.First == 0 || operation.Rows.End > start + _schedule.Maps[operation.Target].Rows)
        {
            _engine.Slide(map, new Rows(operation.KeepFrom, operation.Rows.First));
            start = operation.KeepFrom;
        }

        return map;
    }
}
