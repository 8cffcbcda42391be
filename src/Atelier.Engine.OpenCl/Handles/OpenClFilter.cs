using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl.Handles;

/// <summary>A filter in a device's memory, as a matrix for each direction.</summary>
/// <remarks>Forward: a row for each tap and input, a column for each output. Backward: a row for each tap, mirrored, and
/// output, a column for each input.</remarks>
internal sealed class OpenClFilter(int inputs, int outputs, DeviceBuffer forward, DeviceBuffer backward, DeviceBuffer bias)
    : Filter(inputs, outputs)
{
    internal const int Taps = 9;

    internal DeviceBuffer Forward => forward;

    internal DeviceBuffer Backward => backward;

    internal DeviceBuffer Bias => bias;

    /// <summary>Creates one.</summary>
    /// <param name="weights">Shape [outputs, inputs, 3, 3].</param>
    /// <param name="bias">Shape [outputs].</param>
    /// <param name="queue">The device's queue.</param>
    internal static OpenClFilter Create(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, DeviceQueue queue)
    {
        int outputs = bias.Length, inputs = weights.Length / (Taps * outputs);
        float[] forward = new float[weights.Length], backward = new float[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            (int pair, int tap) = Math.DivRem(i, Taps);
            (int output, int input) = Math.DivRem(pair, inputs);
            forward[(((tap * inputs) + input) * outputs) + output] = weights[i];
            backward[((((Taps - 1 - tap) * outputs) + output) * inputs) + input] = weights[i];
        }

        return new OpenClFilter(
            inputs, outputs, queue.Create<float>(forward), queue.Create<float>(backward), queue.Create(bias));
    }

    public override void Dispose()
    {
        forward.Dispose();
        backward.Dispose();
        bias.Dispose();
    }
}
