namespace Atelier.Engine;

/// <summary>A compute engine: the small set of operations that networks, losses and optimizers are built from, on
/// memory that the engine allocates. The CPU is one engine; a GPU could be another without changes elsewhere.</summary>
/// <remarks>
/// <para><b>Handles.</b> Tensors, maps, bits, weights and filters are abstract: each engine derives its own types and
/// chooses their memory layout, and may reject those of other engines with an <see cref="ArgumentException"/>. New ones
/// contain zeros.</para>
/// <para><b>Threads.</b> An engine performs one operation at a time; it is not safe for concurrent calls. It may use
/// any number of threads within an operation. When an operation returns, its results are available to the next
/// one.</para>
/// <para><b>Rows.</b> An operation on maps computes some rows of its result, so that a large picture can be processed
/// in bands, in any number of calls. The rows of the operands that these depend on (for a 3×3 convolution, one more
/// above and below) must be available when it is called. A result is overwritten, never accumulated, unless the name of
/// the operation begins with Add. The operands must be different maps.</para>
/// <para><b>Borders.</b> A convolution reads one pixel beyond each side of a map. An operation that writes a map sets
/// its border to zero, with three exceptions: <see cref="Normalize"/> with <see cref="Padding.Replicate"/>, <see
/// cref="ConvolveBackward"/> to a picture, and <see cref="FillBorder"/>.</para>
/// <para><b>Precision.</b> Values are float32. Sums over positions and values that are returned must be accurate to
/// about 1e-6 of the sum of their magnitudes, convolutions to 1e-5 of the largest value: accumulate in double
/// precision, or in short float32 partial sums. The same operations on the same values must produce the same bits each
/// time, whatever the number of threads.</para></remarks>
public partial interface IEngine : IDisposable
{
    /// <summary>A short description of everything that the bits of the results depend on, such as <c>cpu 512 bits</c>.
    /// Runs of the same version with equal fingerprints and the same <see cref="Precision"/> produce identical bytes.
    /// An interrupted run can be resumed only by an engine with the same fingerprint.</summary>
    string Fingerprint { get; }

    /// <summary>The lowest precision that <see cref="CreateFilter"/> accepts: <see cref="Precision.BFloat16"/> if the
    /// engine supports it and its options allow it, otherwise <see cref="Precision.Single"/>.</summary>
    Precision Precision { get; }

    /// <summary>What <see cref="GetBytes"/> returns for maps that cannot be allocated, however much memory there
    /// is.</summary>
    const long TooManyBytes = long.MaxValue / 4;

    /// <summary>The memory in which the engine allocates, in bytes, if it has its own; otherwise <see
    /// cref="long.MaxValue"/>. Large pictures are processed in bands to stay within it.</summary>
    long MaxBytes => long.MaxValue;

    /// <summary>Creates a tensor of zeros. The caller disposes it.</summary>
    /// <param name="length">Number of values, at least 1.</param>
    Tensor CreateTensor(int length);

    /// <summary>Creates a feature map of zeros that holds all of its rows. The caller disposes it. A map of up to four
    /// channels is treated as a picture: only normalization and convolution, forward and backward, support
    /// it.</summary>
    FeatureMap CreateMap(Shape shape);

    /// <summary>Creates the maps of one computation, in the order of <paramref name="uses"/>. Maps that are not in use
    /// at the same time may share memory, so the contents of a map are undefined before its first step and after its
    /// last. An engine for which memory does not matter may give each map its own, with all rows.</summary>
    /// <param name="uses">The size and lifetime of each map.</param>
    /// <param name="maps">Receives the maps. Disposing one of them has no effect.</param>
    /// <returns>The owner of all maps, which the caller disposes.</returns>
    IDisposable CreateMaps(IReadOnlyList<MapLifetime> uses, out FeatureMap[] maps);

    /// <summary>Returns the number of bytes that <see cref="CreateMaps"/> would allocate; <see cref="TooManyBytes"/>
    /// if it cannot, because one of the maps is too large.</summary>
    long GetBytes(IReadOnlyList<MapLifetime> uses);

    /// <summary>Moves the window of rows of a map from <see cref="CreateMaps"/>. Only the rows <paramref name="kept"/>
    /// (possibly none) keep their values. From now on only rows from <c>kept.First</c> on are written and read, at most
    /// <see cref="MapLifetime.Rows"/> of them. The window moves down the map, and back to the top for the next pass. An
    /// engine that keeps whole maps does nothing.</summary>
    void Slide(FeatureMap map, Rows kept);

    /// <summary>Creates weights for the positions of a map. The caller disposes them.</summary>
    /// <param name="height">Number of rows.</param>
    /// <param name="width">Number of columns.</param>
    /// <param name="weights">Height × width weights of 0 or more, in row-major order.</param>
    PositionWeights CreatePositionWeights(int height, int width, ReadOnlySpan<float> weights);

    /// <summary>Returns the number of bytes that <see cref="CreatePositionWeights"/> would allocate.</summary>
    long BytesOfWeights(int height, int width);

    /// <summary>Creates storage for one or two bits per value of a map. The caller disposes it.</summary>
    /// <param name="shape">Shape of the map: the output of a convolution or a pool.</param>
    /// <param name="bitsPerValue">1 for the signs of a ReLU, 2 for the positions of the maxima of a pool.</param>
    FeatureBits CreateBits(Shape shape, int bitsPerValue);

    /// <summary>Returns the number of bytes that <see cref="CreateBits"/> would allocate.</summary>
    long BytesOfBits(Shape shape, int bitsPerValue);

    /// <summary>Copies values into a tensor of the same length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    void Write(ReadOnlySpan<float> source, Tensor target);

    /// <summary>Copies the values of a tensor to a span of the same length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    void Read(Tensor source, Span<float> target);

    /// <summary>Copies rows of one channel of a map to a span, in row-major order.</summary>
    /// <param name="source">The map.</param>
    /// <param name="channel">Index of the channel, from 0.</param>
    /// <param name="rows">The rows, which must be in memory.</param>
    /// <param name="target">Receives rows.Count × width values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The map has no such channel or row, or the target has a different
    /// length.</exception>
    void Read(FeatureMap source, int channel, Rows rows, Span<float> target);
}
