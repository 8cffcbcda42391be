namespace Atelier.Engine;

/// <content>The operations that networks are built from, forward and backward.</content>
public partial interface IEngine
{
    /// <summary>Creates a filter for the forward and backward pass. The caller disposes it.</summary>
    /// <param name="weights">Shape [outputs, inputs, 3, 3], in row-major order. They must not change while the filter
    /// exists, because it may read them at any time.</param>
    /// <param name="bias">Shape [outputs].</param>
    /// <param name="precision"><see cref="Precision.Single"/> or the engine's <see cref="Precision"/>, which <see
    /// cref="Precision.Auto"/> selects.</param>
    /// <exception cref="ArgumentException">The lengths do not match, or the engine does not support the
    /// precision.</exception>
    Filter CreateFilter(ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias, Precision precision = Precision.Auto);

    /// <summary>Estimates the cost of some rows of a convolution, forward or backward, to compare plans for this
    /// engine. The unit does not matter: 9 × inputs × outputs × rows × width, with no bytes, is always valid.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="isBackward">Whether to estimate the gradient with respect to the input.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">Number of columns.</param>
    ConvolutionEstimate Estimate(Filter filter, bool isBackward, int rows, int width);

    /// <summary>output = (x − mean) ⁄ std for a planar picture [3, H, W], channel by channel. The border is set to zero
    /// or to copies of the nearest pixels, depending on <paramref name="padding"/>.</summary>
    void Normalize(
        Tensor picture, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, FeatureMap output, Padding padding,
        Rows rows);

    /// <summary>pictureGradient = outputGradient ⁄ std, for rows of a planar picture [3, H, W]. With <see
    /// cref="Padding.Replicate"/>, the gradients of the border pixels are added to those of the pixels that they are
    /// copies of.</summary>
    void NormalizeBackward(
        FeatureMap outputGradient, ReadOnlySpan<float> std, Tensor pictureGradient, Padding padding, Rows rows);

    /// <summary>output = max(0, input ∗ filter + bias), with 3×3 filters, stride 1 and an output of the input's shape.
    /// Beyond the sides of the input, its border is read. The sum at (y, x) is Σ weights[o, i, dy, dx] × input[y + dy −
    /// 1, x + dx − 1, i].</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    /// <param name="signs">Receives which outputs of the rows are above 0; null if they are not needed.</param>
    /// <param name="rows">The rows of the output.</param>
    void ConvolveRelu(Filter filter, FeatureMap input, FeatureMap output, FeatureBits? signs, Rows rows);

    /// <summary>Computes the gradient with respect to the input of a convolution, before its ReLU: Σ weights[o, i, dy,
    /// dx] × outputGradient[y + 1 − dy, x + 1 − dx, o], which reads the border of the output's gradient.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="outputGradient">The gradient with respect to the output.</param>
    /// <param name="inputGradient">Receives the gradient. For a picture it includes the border: columns −1 and W, row
    /// −1 together with the first row, and row H together with the last. The border of all other maps is set to
    /// zero.</param>
    /// <param name="inputSigns">The signs of the input if it is the output of a ReLU: the gradient is propagated
    /// through that ReLU, so it is zero where the input was. Null for a picture and for the output of a pool.</param>
    /// <param name="rows">The rows of the input's gradient.</param>
    void ConvolveBackward(
        Filter filter, FeatureMap outputGradient, FeatureMap inputGradient, FeatureBits? inputSigns, Rows rows);

    /// <summary>Halves a map by taking the maximum or the mean of 2×2 windows; an odd last row or column is
    /// dropped.</summary>
    /// <param name="pooling">Maximum or mean.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    /// <param name="places">Receives, for the rows, which value of each window was the maximum; of equal values, the
    /// first in row-major order. Null if they are not needed, and for means.</param>
    /// <param name="rows">The rows of the output.</param>
    void Pool(Pooling pooling, FeatureMap input, FeatureMap output, FeatureBits? places, Rows rows);

    /// <summary>Computes the gradient with respect to the input of a pool: it goes to the position of the maximum, or a
    /// quarter of it to each value. An odd last row or column gets zero.</summary>
    /// <param name="pooling">Maximum or mean.</param>
    /// <param name="outputGradient">The gradient with respect to the output.</param>
    /// <param name="places">The positions of the maxima from <see cref="Pool"/>; null for means.</param>
    /// <param name="inputGradient">Receives the gradient.</param>
    /// <param name="inputSigns">The signs of the input, to propagate the gradient through its ReLU; null for no
    /// ReLU.</param>
    /// <param name="rows">The rows of the input. They begin with an even row, and end before an even row or at the end
    /// of the map.</param>
    void PoolBackward(
        Pooling pooling, FeatureMap outputGradient, FeatureBits? places, FeatureMap inputGradient,
        FeatureBits? inputSigns, Rows rows);

    /// <summary>Fills the border of a whole map, either with the opposite sides, including the corners, so that the
    /// next convolution sees a seamless map, or with zeros.</summary>
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
