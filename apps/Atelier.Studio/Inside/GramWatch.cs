using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Options;

namespace Atelier.Studio.Inside;

/// <summary>Measures the Gram matrices of a figure's painting as it becomes, beside those of its photograph and its
/// artwork.</summary>
public sealed class GramWatch : IDisposable
{
    /// <summary>The layers that are measured.</summary>
    public static readonly ImmutableArray<string> Layers = ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"];

    private static readonly LayerSelection Selection = LayerSelection.Parse(string.Join(',', Layers));
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly FeatureExplorer _explorer;
    private readonly SmallPainting _painting;
    private readonly CancellationTokenSource _end = new();
    private int _measured;
    private volatile bool _isDue;

    /// <summary>Begins to watch.</summary>
    /// <param name="explorer">Measures.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="painting">The painting, which has a photograph and an artwork.</param>
    public GramWatch(FeatureExplorer explorer, FigurePictures pictures, SmallPainting painting)
    {
        ArgumentNullException.ThrowIfNull(explorer);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(painting);
        (_explorer, _painting) = (explorer, painting);
        int side = painting.Plan.Options.Size ?? FeatureExplorer.Side;
        Photograph = explorer.Grams(pictures.Load(painting.Plan.Photograph!, side), Selection);
        Artwork = explorer.Grams(pictures.Load(painting.Plan.Artworks[0], side), Selection);
        painting.Changed += Mark;
        Ended = Task.Run(Watch);
    }

    /// <summary>Raised, on any thread, when the painting has been measured again.</summary>
    public event Action? Changed;

    /// <summary>The matrices of the photograph, layer by layer.</summary>
    public ImmutableArray<GramMatrix> Photograph { get; }

    /// <summary>The matrices of the artwork, layer by layer.</summary>
    public ImmutableArray<GramMatrix> Artwork { get; }

    /// <summary>The matrices of the painting when it was measured last; empty before that.</summary>
    public ImmutableArray<GramMatrix> Painting { get; private set; } = [];

    /// <summary>The style losses at all layers, each time that the painting was measured.</summary>
    public ImmutableArray<ImmutableArray<double>> Distances { get; private set; } = [];

    /// <summary>Complete when it watches no more.</summary>
    internal Task Ended { get; }

    /// <summary>The style loss of a picture at a layer.</summary>
    public double DistanceOf(ImmutableArray<GramMatrix> grams, int layer)
        => grams[layer].Minus(Artwork[layer]).StyleLoss;

    /// <inheritdoc/>
    public void Dispose()
    {
        _painting.Changed -= Mark;
        _end.Cancel();
    }

    private void Mark() => _isDue = true;

    private async Task Watch()
    {
        using PeriodicTimer timer = new(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                if (_isDue)
                {
                    _isDue = false;
                    Measure();
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The page, or the studio, is gone.
        }
    }

    private void Measure()
    {
        if (_painting.Picture?.Invoke() is Picture picture)
        {
            int iterations = _painting.Losses.Length;
            Distances = iterations < _measured ? [] : Distances;
            _measured = iterations;
            ImmutableArray<GramMatrix> grams = _explorer.Grams(picture, Selection);
            Painting = grams;
            Distances = Distances.Add([.. Layers.Select((_, i) => DistanceOf(grams, i))]);
            Changed?.Invoke();
        }
    }
}
