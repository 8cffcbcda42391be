using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl.Handles;

/// <summary>A filter in a device's memory, in the forms that have been used so far.</summary>
/// <param name="weights">Shape [outputs, inputs, 3, 3].</param>
/// <param name="bias">Shape [outputs].</param>
/// <param name="queue">The device's queue.</param>
internal sealed class OpenClFilter(ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias, DeviceQueue queue)
    : Filter(weights.Length / (Taps * bias.Length), bias.Length)
{
    internal const int Taps = 9;

    private readonly DeviceBuffer?[] _plain = new DeviceBuffer?[2], _transformed = new DeviceBuffer?[2];

    internal DeviceBuffer Bias { get; } = queue.Create(bias);

    /// <summary>Returns a matrix with a row for each tap and input channel, and a column for each output channel. In
    /// the backward pass, inputs and outputs change places, and taps are mirrored.</summary>
    internal DeviceBuffer Plain(bool isBackward)
        => _plain[isBackward ? 1 : 0] ??= queue.Create<float>(Arrange(isBackward, Taps, (source, target, step) =>
        {
            for (int tap = 0; tap < Taps; tap++)
                target[tap * step] = source[tap];
        }));

    /// <summary>Returns a matrix for each of the 36 places of <see cref="WinogradFilter"/>, with a row for each input
    /// channel and a column for each output channel; backward as for <see cref="Plain"/>.</summary>
    internal DeviceBuffer Transformed(bool isBackward)
        => _transformed[isBackward ? 1 : 0] ??= queue.Create<float>(
            Arrange(isBackward, WinogradFilter.Places, WinogradFilter.Transform));

    public override void Dispose()
    {
        Bias.Dispose();
        foreach (DeviceBuffer? form in (ReadOnlySpan<DeviceBuffer?>)[.. _plain, .. _transformed])
            form?.Dispose();
    }

    /// <summary>Writes places × from × to values, from the nine of each pair of channels.</summary>
    private float[] Arrange(bool isBackward, int places, TransformTaps transform)
    {
        ReadOnlySpan<float> values = weights.Span;
        float[] result = new float[places * Inputs * Outputs];
        Span<float> taps = stackalloc float[Taps];
        for (int output = 0; output < Outputs; output++)
        {
            for (int input = 0; input < Inputs; input++)
            {
                values.Slice(((output * Inputs) + input) * Taps, Taps).CopyTo(taps);
                if (isBackward)
                {
                    taps.Reverse();
                }

                int place = isBackward ? (output * Inputs) + input : (input * Outputs) + output;
                transform(taps, result.AsSpan(place), Inputs * Outputs);
            }
        }

        return result;
    }

    /// <summary>Writes values, each a step behind the one before.</summary>
    private delegate void TransformTaps(ReadOnlySpan<float> taps, Span<float> target, int step);
}
