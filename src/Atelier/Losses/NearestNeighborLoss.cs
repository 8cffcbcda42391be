using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Statistics;
using Atelier.Optimizers;

namespace Atelier.Losses;

/// <summary>Nearest-neighbor style loss at one layer: mean (1 − cos(f − μ, a)), where a is the feature vector of the
/// artwork, relative to the artwork's mean, that is nearest to the position's f − μ by cosine, over the whole picture
/// or a masked part of it.</summary>
/// <remarks>Feature matching of Kolkin et al. 2022 (NNST) and of the relaxed earth mover's distance of Kolkin et al.
/// 2019 (STROTSS). Differs from them: all positions of the picture take part, not a sample; neighbors and μ are kept
/// for <see cref="IterationsOfSearch"/> iterations and are constants for the gradient; the photograph has a say in the
/// search, so that similar parts of it get similar neighbors; and vectors that are neighbors too often are moved away,
/// as in optimal transport, so that more of the artwork is seen.</remarks>
internal sealed class NearestNeighborLoss : IStyleTerm, IContentTerm
{
    /// <summary>Iterations from one search to the next.</summary>
    internal const int IterationsOfSearch = 5;

    // Offsets need some ten searches to reach their limit.
    private const double StepOfBalance = 0.1;

    // Keeps the logarithm of a vector without positions finite.
    private const double LeastUse = 0.1;

    private readonly IEngine _engine;
    private readonly FeatureBank _bank;
    private readonly PositionWeights? _where;
    private readonly float _guideShare;
    private readonly float _balance;
    private readonly MomentSums _sums;
    private readonly MomentSums? _guideSums;
    private readonly float[] _guideMean;
    private readonly float[] _mean;
    private readonly float[] _nextMean;
    private FeatureMap? _guide;
    private PositionWeights? _salience;
    private NeighborMap? _neighbors;
    private readonly float[] _offsets;
    private readonly double[] _uses;
    private int[] _found = [];
    private bool _searches;
    private bool _measuresMean;
    private double _distance;

    /// <param name="engine">The engine of the feature maps.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="bank">Directions of feature vectors of the artworks, owned by this object.</param>
    /// <param name="guideShare">Share of the photograph in the search, 0–1.</param>
    /// <param name="balance">How far the search may move toward using every vector equally often, as a difference of
    /// cosines: 0 takes the nearest neighbors, 2 or more the optimal transport.</param>
    /// <param name="weight">Weight in the objective.</param>
    /// <param name="where">Weight of each position of the layer, owned by this object; null for equal weights.</param>
    /// <param name="styles">The numbers of the styles, for the name; null for all.</param>
    internal NearestNeighborLoss(
        IEngine engine, string layer, FeatureBank bank, double guideShare, double balance, double weight,
        PositionWeights? where = null, string? styles = null)
    {
        (_engine, Layers, _bank, Weight, _where) = (engine, [layer], bank, weight, where);
        (_guideShare, _balance) = ((float)guideShare, (float)balance);
        Name = styles is null ? $"neighbors {layer}" : $"neighbors {styles} {layer}";
        _sums = new MomentSums(bank.Channels);
        _mean = new float[bank.Channels];
        _nextMean = new float[bank.Channels];
        _guideMean = new float[bank.Channels];
        _offsets = new float[bank.Count];
        _uses = new double[bank.Count];
        _guideSums = guideShare == 0 ? null : new MomentSums(bank.Channels);
    }

    public LossKind Kind => LossKind.Neighbors;

    public ImmutableArray<string> Layers { get; }

    public double Weight { get; }

    public string Name { get; }

    /// <summary>Not used: neighbors are found anew for every picture.</summary>
    public bool IgnoresAnchor { get; set; }

    /// <summary>What the next evaluations depend on besides the picture.</summary>
    internal IEnumerable<SavedValues> SavedValues =>
    [
        new($"{Name} mean", _mean.Length, () => [.. _mean], values => values.CopyTo(_mean, 0)),
        new($"{Name} next mean", _nextMean.Length, () => [.. _nextMean], values => values.CopyTo(_nextMean, 0)),
        new($"{Name} offsets", _offsets.Length, () => [.. _offsets], values => values.CopyTo(_offsets, 0)),
        new(Name, _neighbors!.Height * _neighbors.Width, ReadNeighbors, WriteNeighbors),
    ];

    /// <summary>Measures μ of rows of the picture that the run begins with.</summary>
    internal void MeasureMean(FeatureMap features, Rows rows)
    {
        if (_neighbors is null)
        {
            _neighbors = _engine.CreateNeighbors(features.Shape.Height, features.Shape.Width);
            _found = new int[features.Shape.Area];
        }

        _engine.AddMoments(features, _sums, rows, _where);
    }

    /// <summary>Takes the measured mean for the next search.</summary>
    internal void SetMean()
    {
        Mean(_sums, _nextMean);
        _sums.Clear();
    }

    /// <summary>Begins a run, after its first picture has been measured.</summary>
    internal void Prepare()
    {
        Array.Clear(_offsets);
        SetMean();
    }

    /// <summary>Starts an iteration: the first evaluation of every few iterations searches.</summary>
    /// <param name="iteration">Number of the iteration, from 0.</param>
    internal void BeginIteration(int iteration)
    {
        _searches = iteration % IterationsOfSearch == 0;
        _measuresMean = (iteration + 1) % IterationsOfSearch == 0;
        if (_searches)
        {
            _nextMean.CopyTo(_mean, 0);
        }
    }

    public void SetTarget(string layer, FeatureMap features, Rows rows, PositionWeights? salience = null)
    {
        if (_guideSums is null)
        {
            return;
        }

        if (rows.First == 0)
        {
            _guideSums.Clear();
        }

        _salience = salience;
        _guide ??= _engine.CreateMap(features.Shape);
        _engine.Copy(features, _guide, rows);
        _engine.AddMoments(features, _guideSums, rows, _where);
        Mean(_guideSums, _guideMean);
    }

    public void Measure(string layer, FeatureMap features, Rows rows)
    {
        CenteredFeatures centered = new(features, _mean);
        if (_searches)
        {
            NeighborGuide? guide = _guide is null
                ? null
                : new(new CenteredFeatures(_guide, _guideMean), _guideShare, _salience);
            _engine.FindNeighbors(centered, guide, _bank, _offsets, _neighbors!, rows);
            if (_balance > 0 && rows.End == _neighbors!.Height)
            {
                // Not in Finish, which runs beside that of other losses, as operations of an engine may not.
                _engine.Read(_neighbors, _found);
            }
        }

        _distance += _engine.NeighborDistance(centered, _bank, _neighbors!, rows, _where);
        if (_measuresMean)
        {
            MeasureMean(features, rows);
        }
    }

    public double Finish()
    {
        double value = _distance / Positions;
        if (_searches && _balance > 0)
        {
            Balance();
        }

        if (_measuresMean)
        {
            SetMean();
        }

        (_distance, _searches) = (0, false);
        return value;
    }

    public void Anchor(double share) => Finish();

    public void AddGradient(string layer, FeatureMap features, FeatureMap gradient, Rows rows)
        => _engine.AddNeighborGradient(
            new CenteredFeatures(features, _mean), _bank, _neighbors!, (float)(Weight / Positions), gradient, rows,
            _where);

    public void Dispose()
    {
        _bank.Dispose();
        _where?.Dispose();
        _guide?.Dispose();
        _neighbors?.Dispose();
    }

    /// <summary>Lowers the offsets of vectors that have more positions than others, and raises those of vectors that
    /// have fewer: a step of the dual ascent for optimal transport from positions to vectors.</summary>
    private void Balance()
    {
        int width = _neighbors!.Width;
        Array.Clear(_uses);
        for (int i = 0; i < _found.Length; i++)
            _uses[_found[i]] += _where?[i / width, i % width] ?? 1;
        double mean = Positions / _uses.Length;
        for (int i = 0; i < _uses.Length; i++)
        {
            double step = StepOfBalance * _balance * Math.Log(((_uses[i] / mean) + LeastUse) / (1 + LeastUse));
            _offsets[i] = Math.Clamp(_offsets[i] - (float)step, -_balance, _balance);
        }
    }

    private double Positions
        => _where?.Sum(new Rows(0, _where.Height)) ?? ((double)_neighbors!.Height * _neighbors.Width);

    private float[] ReadNeighbors()
    {
        int[] neighbors = new int[_neighbors!.Height * _neighbors.Width];
        _engine.Read(_neighbors, neighbors);
        return Array.ConvertAll(neighbors, neighbor => (float)neighbor);
    }

    private void WriteNeighbors(float[] values)
        => _engine.Write(
            Array.ConvertAll(values, value => (int)Math.Clamp(value, 0, _bank.Count - 1)), _neighbors!);

    private static void Mean(MomentSums sums, float[] mean)
    {
        for (int c = 0; c < mean.Length; c++)
            mean[c] = (float)(sums.Values[c] / sums.Count);
    }
}
