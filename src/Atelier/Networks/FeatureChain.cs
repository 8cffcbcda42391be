using System.Collections.Immutable;
using System.Diagnostics;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Layers;

namespace Atelier.Networks;

/// <summary>Is shown rows of the features of a chosen layer, as they are computed.</summary>
internal delegate void FeatureVisitor(string layer, FeatureMap features, Rows rows);

/// <summary>Adds the losses' gradient at rows of a chosen layer's features.</summary>
internal delegate void GradientVisitor(string layer, FeatureMap features, FeatureMap gradient, Rows rows);

/// <summary>A network laid out for pictures of one size: forward to the features of chosen layers, and backward from
/// gradients at those layers to the picture.</summary>
/// <remarks>Backward needs one bit for each value of a ReLU and two for each of a max pool, and the features of the
/// chosen layers; no other map outlives the layer that reads it.</remarks>
internal sealed class FeatureChain : IDisposable
{
    private readonly IEngine _engine;
    private readonly Network _network;
    private readonly ImmutableArray<Layer> _layers;
    private readonly ChainSchedule _schedule;
    private readonly FeatureMap[] _maps;

    // The first row that is kept of each map.
    private readonly int[] _windowStarts;
    private readonly BitMap?[] _memories;
    private readonly IDisposable _mapMemory;
    private readonly CancellationToken _cancel;

    /// <summary>Allocates everything that runs at this size will need.</summary>
    /// <param name="cancel">Ends runs in the middle, by an exception.</param>
    internal FeatureChain(
        IEngine engine, Network network, ChainGeometry geometry, ChainLayout layout, CancellationToken cancel = default)
    {
        (_engine, _network, Geometry, _cancel) = (engine, network, geometry, cancel);
        _layers = geometry.Layers;
        _schedule = new ChainSchedule(geometry, layout);
        _memories = [.. _layers.Select((layer, i) =>
            geometry.NeedsGradient ? layer.NewMemory(geometry.Shapes[i]) : null)];
        _mapMemory = engine.NewMaps(_schedule.Maps, out _maps);
        _windowStarts = new int[_maps.Length];
    }

    /// <summary>What runs here.</summary>
    internal ChainGeometry Geometry { get; }

    // Where a map repeats, its border shows the opposite sides.
    private Padding Padding => Geometry.Repeats ? Padding.Zero : _network.Padding;

    /// <summary>Runs the network on a planar picture.</summary>
    /// <param name="measure">Is shown the features of the chosen layers.</param>
    internal void Forward(Tensor picture, FeatureVisitor measure)
    {
        for (int i = 0; i < _schedule.ForwardSteps; i++)
        {
            _cancel.ThrowIfCancellationRequested();
            ChainStep step = _schedule.Steps[i];
            if (step.Work == ChainWork.Measure)
            {
                measure(_layers[step.Layer].Name, _maps[step.Source], step.Rows);
            }
            else
            {
                Advance(step, picture, remembers: true);
            }
        }
    }

    /// <summary>Runs the network on a picture that is not on the engine yet.</summary>
    internal void Forward(PlanarPicture picture, FeatureVisitor measure)
    {
        using Tensor tensor = _engine.NewTensor(picture.Values.Length);
        _engine.Write(picture.Values, tensor);
        Forward(tensor, measure);
    }

    /// <summary>Runs the network backward after a <see cref="Forward(Tensor, FeatureVisitor)"/> of the same picture.
    /// </summary>
    /// <param name="addGradient">Adds the losses' gradient at the chosen layers, and takes it on through their
    /// ReLUs.</param>
    /// <param name="pictureGradient">Receives dLoss/dRGB, planar.</param>
    internal void Backward(Tensor picture, GradientVisitor addGradient, Tensor pictureGradient)
    {
        for (int i = _schedule.ForwardSteps; i < _schedule.Steps.Length; i++)
        {
            _cancel.ThrowIfCancellationRequested();
            ChainStep step = _schedule.Steps[i];
            switch (step.Work)
            {
                case ChainWork.Clear:
                    _engine.Clear(Window(step), step.Rows);
                    break;
                case ChainWork.Backward:
                    Retreat(step);
                    break;
                case ChainWork.AddGradient:
                    addGradient(_layers[step.Layer].Name, _maps[step.Source], _maps[step.Target], step.Rows);
                    break;
                case ChainWork.NormalizeBackward:
                    _engine.NormalizeBackward(
                        _maps[step.Source], _network.Std.Span, pictureGradient, Padding, step.Rows);
                    break;
                case ChainWork.Normalize or ChainWork.Forward:
                    Advance(step, picture, remembers: false);
                    break;
                default:
                    throw new UnreachableException($"A way back has no {step.Work}.");
            }
        }
    }

    public void Dispose()
    {
        _mapMemory.Dispose();
        foreach (BitMap? memory in _memories)
            memory?.Dispose();
    }

    private void Advance(ChainStep step, Tensor picture, bool remembers)
    {
        FeatureMap output = Window(step);
        if (step.Work == ChainWork.Normalize)
        {
            _engine.Normalize(picture, _network.Mean.Span, _network.Std.Span, output, Padding, step.Rows);
        }
        else
        {
            BitMap? memory = remembers ? _memories[step.Layer] : null;
            FillBorder(_maps[step.Source], repeats: true);
            _layers[step.Layer].Forward(_maps[step.Source], output, memory, step.Rows);
            FillBorder(_maps[step.Source], repeats: false);
        }
    }

    private void Retreat(ChainStep step)
    {
        int above = step.Layer - 1;
        BitMap? inputSigns = above < 0 ? null : _layers[above].OutputSigns(_memories[above]);
        FillBorder(_maps[step.Source], repeats: true);
        _layers[step.Layer].Backward(
            _maps[step.Source], _memories[step.Layer], Window(step), inputSigns, step.Rows);
        FillBorder(_maps[step.Source], repeats: false);
    }

    /// <summary>Lets the border of a map that repeats show the opposite sides, for a layer that is to read it, or puts
    /// the zeros back. Other maps have them always.</summary>
    private void FillBorder(FeatureMap map, bool repeats)
    {
        if (Geometry.Repeats)
        {
            _engine.FillBorder(map, repeats);
        }
    }

    /// <summary>The map that a step writes, with its window where the step's rows fit in.</summary>
    private FeatureMap Window(ChainStep step)
    {
        FeatureMap map = _maps[step.Target];
        ref int start = ref _windowStarts[step.Target];
        if (step.Rows.First == 0 || step.Rows.End > start + _schedule.Maps[step.Target].Rows)
        {
            _engine.Slide(map, new Rows(step.KeepFrom, step.Rows.First));
            start = step.KeepFrom;
        }

        return map;
    }
}
