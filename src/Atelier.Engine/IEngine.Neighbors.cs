namespace Atelier.Engine;

/// <content>The operations that nearest-neighbor losses are built from. They compare directions: the direction of a
/// feature vector f is (f − μ) ⁄ √(|f − μ|² + ε²), where μ is a mean that the caller chooses and ε is <see
/// cref="DirectionEpsilon"/>.</content>
public partial interface IEngine
{
    /// <summary>ε, which keeps the direction of a vector next to the mean defined. Activations have mean 1.</summary>
    const float DirectionEpsilon = 1e-3f;

    /// <summary>Creates a bank of feature vectors. The caller disposes it.</summary>
    /// <param name="channels">Length of the vectors.</param>
    /// <param name="vectors">The vectors, of unit length, one after another; at least one.</param>
    FeatureBank CreateBank(int channels, ReadOnlySpan<float> vectors);

    /// <summary>Returns the number of bytes that <see cref="CreateBank"/> would allocate.</summary>
    long BytesOfBank(int channels, int count);

    /// <summary>Creates a map of neighbors, all with index 0. The caller disposes it.</summary>
    NeighborMap CreateNeighbors(int height, int width);

    /// <summary>Returns the number of bytes that <see cref="CreateNeighbors"/> would allocate.</summary>
    long BytesOfNeighbors(int height, int width);

    /// <summary>Copies the indices to a span of the same length, in row-major order.</summary>
    void Read(NeighborMap source, Span<int> target);

    /// <summary>Copies indices, in row-major order, into a map of the same size.</summary>
    void Write(ReadOnlySpan<int> source, NeighborMap target);

    /// <summary>Finds, for each position of some rows, the vector of a bank with the largest sum of its dot product
    /// with the position's direction and its offset; of equal ones, the first.</summary>
    /// <param name="features">The features, with their mean.</param>
    /// <param name="guide">Features of the same shape that have a say in the search; null for none.</param>
    /// <param name="bank">The bank, with the channels of the features.</param>
    /// <param name="offsets">An offset for each vector of the bank.</param>
    /// <param name="neighbors">Receives the indices.</param>
    /// <param name="rows">The rows.</param>
    void FindNeighbors(
        CenteredFeatures features, NeighborGuide? guide, FeatureBank bank, ReadOnlySpan<float> offsets,
        NeighborMap neighbors, Rows rows);

    /// <summary>Returns Σ w × (1 − b·d) over some rows, where d is the direction of a position and b is its neighbor in
    /// the bank.</summary>
    /// <param name="weights">w; null for 1.</param>
    double NeighborDistance(
        CenteredFeatures features, FeatureBank bank, NeighborMap neighbors, Rows rows, PositionWeights? weights = null);

    /// <summary>gradient += scale × the gradient of <see cref="NeighborDistance"/> with respect to the features, with
    /// constant neighbors and a constant mean, and propagates through the ReLU whose output the features are.</summary>
    void AddNeighborGradient(
        CenteredFeatures features, FeatureBank bank, NeighborMap neighbors, float scale, FeatureMap gradient, Rows rows,
        PositionWeights? weights = null);
}

/// <summary>Features and the mean that is subtracted from them.</summary>
/// <param name="Map">The features.</param>
/// <param name="Mean">A value for each channel.</param>
public readonly record struct CenteredFeatures(FeatureMap Map, ReadOnlyMemory<float> Mean);

/// <summary>Features that have a say in a search for neighbors: a position's direction is (1 − s) times that of its own
/// features plus s times that of the guide, where s is the share times the position's weight, at most 1.</summary>
/// <param name="Features">The features.</param>
/// <param name="Share">The share, 0–1.</param>
/// <param name="Weights">Weights of the positions, of the features' height and width; null for 1 each.</param>
public readonly record struct NeighborGuide(CenteredFeatures Features, float Share, PositionWeights? Weights = null);
