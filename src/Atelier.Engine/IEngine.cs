namespace Atelier.Engine;

/// <summary>A compute engine: the small set of operations that networks, losses and optimizers are built from, on
/// memory that the engine allocates. The CPU is one engine; a GPU could be another without changes elsewhere.
/// </summary>
/// <remarks> <para><b>Handles.</b> Tensors, maps, bits, weights and filters are abstract: an engine derives its own,
/// with the layout that it likes, and may refuse those of others with an <see cref="ArgumentException"/>. New ones hold
/// zeros.</para> <para><b>Threads.</b> One operation at a time: callers take turns. An engine may use any number of
/// threads within an operation, and when it returns, its results are there for the next one.</para> <para><b>Rows.</b>
/// An operation on maps does some rows of its result, so that a large picture can go through a network a band at a
/// time, in as many calls as the caller likes. The rows of the operands that these are computed from (for a 3×3
/// convolution one more above and below) are there when it is called. A result is overwritten, never added to, unless
/// the operation's name begins with Add. Operands are different maps.</para> <para><b>Borders.</b> A convolution reads
/// one pixel beyond each side of a map. An operation that writes a map leaves zeros there. Only three make it something
/// else: <see cref="Normalize"/> with <see cref="Padding.Replicate"/>, <see cref="ConvolveBackward"/> to a picture, and
/// <see cref="FillBorder"/>.</para> <para><b>Precision.</b> Values are float32. Sums over positions or values that are
/// returned are to be accurate to about 1e-6 of the sum of their magnitudes, convolutions to 1e-5 of the largest value:
/// add in double precision, or in float32 in short partial sums. The same operations on the same values give the same
/// bits each time, however many threads take part.</para> </remarks>
public partial interface IEngine : IDisposable
{
    /// <summary>What the bits of the results depend on, in a few words for people: <c>cpu 512 bits</c>. Runs of the same
    /// version whose engines have equal fingerprints, and that compute in the same <see cref="Precision"/>, give equal
    /// bytes; a run that was interrupted goes on with an engine of equal fingerprint only.</summary>
    string Fingerprint { get; }

    /// <summary>The lowest precision that <see cref="CreateFilter"/> accepts: <see cref="Precision.BFloat16"/> if the
    /// engine supports it and its options allow it, otherwise <see cref="Precision.Single"/>.</summary>
    Precision Precision { get; }

    /// <summary>Creates a tensor of zeros. The caller disposes it.</summary>
    /// <param name="length">Number of values, 1 or more.</param>
    Tensor CreateTensor(int length);

    /// <summary>A feature map of zeros, all rows of it. The caller disposes it. A map of up to four channels is a picture:
    /// it can be normalized into and convolved, both ways, and that is all.</summary>
    FeatureMap CreateMap(Shape shape);

    /// <summary>Maps for the steps of one computation, in the order of <paramref name="uses"/>. They may share memory
    /// where they are not in use at the same time, so a map holds nothing of use before its first step and after its last.
    /// An engine for which memory does not matter gives each map its own, with all its rows.</summary>
    /// <param name="uses">What each map is needed for.</param>
    /// <param name="maps">The maps. Disposing one of them does nothing.</param>
    /// <returns>The owner of all of them, which the caller disposes.</returns>
    IDisposable CreateMaps(IReadOnlyList<MapLifetime> uses, out FeatureMap[] maps);

    /// <summary>Bytes that <see cref="CreateMaps"/> would take.</summary>
    long GetBytes(IReadOnlyList<MapLifetime> uses);

    /// <summary>Tells that of a map of <see cref="CreateMaps"/> only the rows <paramref name="kept"/>, maybe none, are still
    /// needed, and that from here on only rows from <c>kept.First</c> on are written and read, at most
    /// <see cref="MapLifetime.Rows"/> of them: a window that moves down the map, and to its top when the next pass begins. An
    /// engine that keeps whole maps has nothing to do.</summary>
    void Slide(FeatureMap map, Rows kept);

    /// <summary>Weights of the positions of a map. The caller disposes them.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="weights">0 or more, height × width, row by row.</param>
    PositionWeights CreatePositionWeights(int height, int width, ReadOnlySpan<float> weights);

    /// <summary>Bytes that <see cref="CreatePositionWeights"/> would take.</summary>
    long BytesOfWeights(int height, int width);

    /// <summary>Bits about the values of a map. The caller disposes them.</summary>
    /// <param name="shape">Shape of the map: the output of a convolution or a pool.</param>
    /// <param name="bitsPerValue">One for the signs of a ReLU, two for the places of a max pool.</param>
    FeatureBits CreateBits(Shape shape, int bitsPerValue);

    /// <summary>Bytes that <see cref="CreateBits"/> would take.</summary>
    long BytesOfBits(Shape shape, int bitsPerValue);

    /// <summary>Copies values into a tensor of the same length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    void Write(ReadOnlySpan<float> source, Tensor target);

    /// <summary>Copies values out of a tensor of the same length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    void Read(Tensor source, Span<float> target);

    /// <summary>Copies rows of one channel out of a map, in row-major order.</summary>
    /// <param name="source">The map.</param>
    /// <param name="channel">From 0.</param>
    /// <param name="rows">Rows that the map has.</param>
    /// <param name="target">Of rows.Count × width values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The map has no such channel or row, or the target another length.
    /// </exception>
    void Read(FeatureMap source, int channel, Rows rows, Span<float> target);
}
