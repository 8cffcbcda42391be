namespace Atelier.Engine;

/// <content>What networks are made of, forward and backward.</content>
public partial interface IEngine
{
    /// <summary>Creates a filter for the forward and backward pass. The caller disposes it.</summary>
    /// <param name="weights">Shape [outputs, inputs, 3, 3], rows of a window before columns. The filter may read them
    /// as long as it lives: they must not change.</param>
    /// <param name="bias">Shape [outputs].</param>
    /// <param name="precision"><see cref="Precision.Single"/> or the engine's own <see cref="Precision"/>;
    /// <see cref="Precision.Auto"/> means the latter.</param>
    /// <exception cref="ArgumentException">The lengths do not go together, or the engine lacks the
    /// precision.</exception>
    Filter CreateFilter(ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias, Precision precision = Precision.Auto);

    /// <summary>What some rows of a convolution, or of its way back, would cost, by which plans are compared: plans of
    /// this engine only, so the unit does not matter. 9 × inputs × outputs × rows × width, without bytes, always does.
    /// </summary>
    /// <param name="filter">The filter.</param>
    /// <param name="isBackward">Whether rows of the input's gradient are meant.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="width">Columns.</param>
    ConvolutionEstimate Estimate(Filter filter, bool isBackward, int rows, int width);

    /// <summary>output = (x − mean) ⁄ std of a planar picture [3, H, W], channel by channel. The border becomes zero, or a
    /// copy of the nearest pixel, as <paramref name="padding"/> says.</summary>
    void Normalize(
        Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output, Padding padding,
        Rows rows);

    /// <summary>pictureGradient = gradient of the map ⁄ std, for rows of a planar picture [3, H, W]. With
    /// <see cref="Padding.Replicate"/> each pixel also has the gradients of the border pixels that are its copies.
    /// </summary>
    void NormalizeBackward(
        FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient, Padding padding, Rows rows);

    /// <summary>output = max(0, input ∗ filter + bias): 3×3, stride 1, of the shape of the input; beyond the input's sides
    /// its border is read. The sum at (y, x) is Σ weights[o, i, dy, dx] × input[y + dy − 1, x + dx − 1, i].</summary>
    /// <param name="signs">Remembers, for the rows, which outputs are above 0; null for nothing.</param>
    void ConvolveRelu(Filter filter, FeatureMap input, FeatureMap output, FeatureBits? signs, Rows rows);

    /// <summary>Gradient with respect to the convolution's input, before its ReLU: Σ weights[o, i, dy, dx] ×
    /// outputGradient[y + 1 − dy, x + 1 − dx, o], which reads the border of the output's gradient.</summary>
    /// <param name="inputGradient">Receives it. That of a picture has its border too: columns −1 and W, row −1 together
    /// with the first row, row H together with the last. The border of all others becomes zero.</param>
    /// <param name="inputSigns">The input's signs, where a ReLU made it: the gradient goes on through that ReLU and is zero
    /// where the input was. Null for a picture and for the output of a pool.</param>
    void ConvolveBackward(
        Filter filter, FeatureMap outputGradient, FeatureMap inputGradient, FeatureBits? inputSigns, Rows rows);

    /// <summary>Halves a map by 2×2 windows, whose maximum or mean is taken; an odd last row or column is dropped.</summary>
    /// <param name="places">Remembers, for the rows, which value of a window was the maximum: of equal ones the first, row
    /// by row. Null for nothing, and for means.</param>
    void Pool(Pooling pooling, FeatureMap input, FeatureMap output, FeatureBits? places, Rows rows);

    /// <summary>Gradient with respect to a pool's input: it goes to where the maximum was, or a quarter to each value; an
    /// odd last row or column has none.</summary>
    /// <param name="places">What <see cref="Pool"/> remembered; null for means.</param>
    /// <param name="inputSigns">The signs of the input, through whose ReLU the gradient goes on; null for none.</param>
    /// <param name="rows">Rows of the input: they begin with an even one, and end before one or with the map.</param>
    void PoolBackward(
        Pooling pooling, FeatureMap outputGradient, FeatureBits? places, FeatureMap inputGradient, FeatureBits? inputSigns,
        Rows rows);

    /// <summary>Fills the border of a whole map: from its opposite sides, corners included, so that the next convolution
    /// sees a map that repeats, or with zeros.</summary>
    void FillBorder(FeatureMap map, bool isTileable);

    /// <summary>Sets rows of a map to zero.</summary>
    void Clear(FeatureMap map, Rows rows);

    /// <summary>Copies rows of a map to another of the same shape.</summary>
    void Copy(FeatureMap source, FeatureMap target, Rows rows);
}

/// <summary>Estimated cost of a convolution.</summary>
/// <param name="Work">Time, as the equivalent number of multiply-adds of the fastest convolution kernel.</param>
/// <param name="KeptBytes">Memory for the packed filter, for the lifetime of the filter.</param>
/// <param name="SharedBytes">Temporary memory, shared by convolutions that run one after another.</param>
public readonly record struct ConvolutionEstimate(double Work, long KeptBytes, long SharedBytes);
