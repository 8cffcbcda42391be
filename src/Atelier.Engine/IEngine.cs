using Atelier.Engine.Statistics;

namespace Atelier.Engine;

/// <summary>Where the numbers are computed: the few operations of which networks, losses and optimizers are made, on
/// memory that the engine allocates. The processor is one engine; a GPU can be another without
/// a change elsewhere.</summary>
/// <remarks>Not safe for concurrent use. Every operation gives the same bits however many threads take part. An
/// operation on maps does some rows of its result, the last argument, so that a large picture can go through a network
/// a band at a time; the rows of the operands that it needs (for a 3×3 convolution one more above and below) must be
/// there.</remarks>
public interface IEngine : IDisposable
{
    /// <summary>The most that <see cref="NewFilter"/> may be asked to save: <see cref="Precision.BFloat16"/> where the
    /// engine has it and its options allow it, otherwise <see cref="Precision.Single"/>.</summary>
    Precision Precision { get; }

    /// <summary>Does work on the processor, in numbered parts that may run at the same time.</summary>
    void ForEach(int count, Action<int> part);

    /// <summary>A tensor of zeros. The caller disposes it.</summary>
    Tensor NewTensor(int length);

    /// <summary>A feature map of zeros. The caller disposes it. A map of up to four channels is a picture: it can be
    /// normalized into and convolved, both ways, and that is all.</summary>
    FeatureMap NewMap(Shape shape);

    /// <summary>Maps in one memory, of which those that are not in use at the same time may share parts. The caller
    /// disposes the returned owner, which frees them all.</summary>
    IDisposable NewMaps(IReadOnlyList<MapUse> uses, out FeatureMap[] maps);

    /// <summary>Bytes that such maps would take.</summary>
    long BytesOf(IReadOnlyList<MapUse> uses);

    /// <summary>What some rows of a convolution, or of its way back, would cost, to compare plans by.</summary>
    ConvolutionEstimate Estimate(IFilter filter, bool isBackward, int rows, int width);

    /// <summary>Moves the window of a map that keeps only some of its rows (<see cref="MapUse.Rows"/>) down to where
    /// <paramref name="kept"/> begins. Those rows stay, rows above are forgotten.</summary>
    void Slide(FeatureMap map, Rows kept);

    /// <summary>Weights of the positions of a map, height × width, row by row. The caller disposes them.</summary>
    WeightPlane NewWeights(int height, int width, ReadOnlySpan<float> weights);

    /// <summary>Bits about a map's values. The caller disposes them.</summary>
    BitMap NewBits(Shape shape, int bitsPerValue);

    /// <summary>Copies numbers into a tensor of the same length.</summary>
    void Write(ReadOnlySpan<float> source, Tensor target);

    /// <summary>Copies numbers out of a tensor of the same length.</summary>
    void Read(Tensor source, Span<float> target);

    /// <summary>Copies rows of one channel of a map out, row by row.</summary>
    void Read(FeatureMap source, int channel, Rows rows, Span<float> target);

    /// <summary>Makes a filter ready for both directions. The caller disposes it.</summary>
    /// <param name="weights">Shape [outputs, inputs, 3, 3]. The filter reads them as long as it lives: they must not
    /// change.</param>
    /// <param name="bias">Shape [outputs].</param>
    /// <param name="precision"><see cref="Precision.Single"/>, or the engine's own <see cref="Precision"/>, which
    /// <see cref="Precision.Auto"/> stands for.</param>
    IFilter NewFilter(ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias, Precision precision = Precision.Auto);

    /// <summary>(x − mean) / std of a planar picture [3, H, W] as a map, with the border that the first convolution
    /// is to see.</summary>
    void Normalize(
        Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output, Padding padding,
        Rows rows);

    /// <summary>Gradient with respect to the planar picture [3, H, W]: that of the map divided by std. Pixels that
    /// stand in the map's border too have the gradient of both places.</summary>
    void NormalizeBackward(
        FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient, Padding padding, Rows rows);

    /// <summary>output = max(0, input ∗ filter + bias), 3×3, stride 1, zero padding; remembers the signs in
    /// <paramref name="signs"/> unless it is null.</summary>
    void ConvolveRelu(IFilter filter, FeatureMap input, FeatureMap output, BitMap? signs, Rows rows);

    /// <summary>Gradient with respect to the convolution's input. Where <paramref name="inputSigns"/> is given, the
    /// input was the output of a ReLU, and the gradient goes on through it; a picture never was. A picture's has a
    /// border, the gradient with respect to what the convolution saw there; all others have zeros.</summary>
    void ConvolveBackward(
        IFilter filter, FeatureMap outputGradient, FeatureMap inputGradient, BitMap? inputSigns, Rows rows);

    /// <summary>Halves a map by 2×2 windows; an odd last row or column is dropped. Max pooling remembers the places of
    /// the maxima in <paramref name="places"/>, of two bits, unless it is null.</summary>
    void Pool(Pooling pooling, FeatureMap input, FeatureMap output, BitMap? places, Rows rows);

    /// <summary>Gradient with respect to the pool's input, and on through the ReLU before it if
    /// <paramref name="inputSigns"/> is given. The rows begin with an even one, and end before one or with the
    /// map.</summary>
    void PoolBackward(
        Pooling pooling, FeatureMap outputGradient, BitMap? places, FeatureMap inputGradient, BitMap? inputSigns,
        Rows rows);

    /// <summary>Fills the border of a whole map: from its opposite sides, so that the next convolution sees a map that
    /// repeats, or with the zeros that every other operation wants there.</summary>
    void FillBorder(FeatureMap map, bool repeats);

    /// <summary>Zeroes rows of a map.</summary>
    void Clear(FeatureMap map, Rows rows);

    /// <summary>Copies rows of a map to another of the same shape.</summary>
    void Copy(FeatureMap source, FeatureMap target, Rows rows);

    /// <summary>Σ (a − b)² over rows of two maps of one shape.</summary>
    double SquaredDistance(FeatureMap a, FeatureMap b, Rows rows);

    /// <summary>gradient += scale × (a − b), and on through the ReLU whose output a is: zero where a is.</summary>
    void AddScaledDifference(FeatureMap a, FeatureMap b, float scale, FeatureMap gradient, Rows rows);

    /// <summary>Adds the sums over the positions of a map's rows to running sums. With
    /// <paramref name="weights"/>, of the map's height and width, each position counts as much as its weight
    /// says.</summary>
    void AddMoments(FeatureMap map, MomentSums sums, Rows rows, WeightPlane? weights = null);

    /// <summary>Adds to a map's gradient that of a function of its moments: 2·S·f + v for each feature vector f, where
    /// S is the derivative with respect to the sum of f·fᵀ and v that with respect to the sum of f, times the
    /// position's weight if the sums had weights. The gradient goes on through the ReLU whose output the map is: it is
    /// zero where the map is.</summary>
    void AddMomentsGradient(
        FeatureMap map, MomentGradient derivative, FeatureMap gradient, Rows rows, WeightPlane? weights = null);

    /// <summary>Adds the sums of (f + shift)·(g + shift)ᵀ over the positions of the shallower map. Its feature vectors
    /// are g; those of the deeper one, f, are repeated to its size by nearest neighbor. With
    /// <paramref name="weights"/>, of the shallower map's height and width, each position counts as much as its weight
    /// says.</summary>
    /// <param name="products">A row for each channel of f, a column for each of g.</param>
    void AddCrossMoments(
        FeatureMap deeper, FeatureMap shallower, float shift, double[] products, WeightPlane? weights = null);

    /// <summary>Adds to a map's gradient that of a function of such sums, in which the map may be either of the two.
    /// The gradient goes on through the ReLU whose output the map is.</summary>
    /// <param name="derivative">With respect to the sums: a row for each channel of the other map, a column for each of
    /// this one.</param>
    /// <param name="weights">The weights that the sums had.</param>
    void AddCrossMomentsGradient(
        FeatureMap map, FeatureMap other, float shift, double[] derivative, FeatureMap gradient, Rows rows,
        WeightPlane? weights = null);

    /// <summary>Σ x·y.</summary>
    double Dot(Tensor x, Tensor y);

    /// <summary>y += scale × x.</summary>
    void AddScaled(Tensor x, float scale, Tensor y);

    /// <summary>y = x × y, value by value.</summary>
    void Multiply(Tensor x, Tensor y);

    /// <summary>target = scale × source.</summary>
    void CopyScaled(Tensor source, float scale, Tensor target);

    /// <summary>target = source + scale × direction, held inside [lowest, highest].</summary>
    void Move(Tensor source, Tensor direction, float scale, float lowest, float highest, Tensor target);

    /// <summary>Zeroes the entries of <paramref name="vector"/> that push a value of <paramref name="x"/> out through
    /// the bound at which it lies.</summary>
    void DropOutward(Tensor x, float lowest, float highest, Tensor vector);

    /// <summary>A step of Adam: updates mean, square, the picture (held inside the bounds)
    /// and the average of the iterates.</summary>
    void AdamStep(in AdamStep update, Tensor gradient, Tensor mean, Tensor square, Tensor x, Tensor average);

    /// <summary>Σ w × (x − target)², value by value; adds scale × w × (x − target) to the gradient.</summary>
    double WeightedDistance(Tensor x, Tensor target, Tensor weights, float scale, Tensor gradient);

    /// <summary>Total variation of a planar picture [3, height, width], by its form;
    /// adds scale × its gradient.</summary>
    /// <param name="repeats">Whether the last row and column have the first ones as neighbors, and the other way
    /// around.</param>
    double TotalVariation(
        TotalVariationKind kind, Tensor picture, int height, int width, float scale, Tensor gradient,
        bool repeats = false);
}

/// <summary>A convolution's weights and bias in the form that an engine computes with, for both directions.</summary>
public interface IFilter : IDisposable
{
    /// <summary>Channels of the input.</summary>
    int Inputs { get; }

    /// <summary>Channels of the output.</summary>
    int Outputs { get; }
}

/// <summary>What a convolution costs.</summary>
/// <param name="Work">Time, in multiply-adds of the fastest kind of convolution.</param>
/// <param name="KeptBytes">Memory that the filter's form for it takes as long as the filter lives.</param>
/// <param name="SharedBytes">Memory that it takes while it is done, one convolution after the other.</param>
public readonly record struct ConvolutionEstimate(double Work, long KeptBytes, long SharedBytes);

/// <summary>The numbers of one step of Adam (Kingma and Ba 2015, algorithm 1)
/// on bounded values with averaging.</summary>
/// <param name="StepSize">Learning rate divided by 1 − β₁ᵗ.</param>
/// <param name="Beta1">Decay of the mean of the gradients.</param>
/// <param name="Beta2">Decay of the mean of their squares.</param>
/// <param name="SquareCorrection">1 ⁄ (1 − β₂ᵗ).</param>
/// <param name="Epsilon">Added to the root of the squares.</param>
/// <param name="Decay">Weight of the past in the average of the iterates.</param>
/// <param name="Lowest">Lower bound of the values.</param>
/// <param name="Highest">Upper bound of the values.</param>
public readonly record struct AdamStep(
    float StepSize, float Beta1, float Beta2, float SquareCorrection, float Epsilon, float Decay,
    float Lowest, float Highest);
