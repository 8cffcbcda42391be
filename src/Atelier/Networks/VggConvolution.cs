using System.Collections.Immutable;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>The order in which a file stores the axes of a convolution's weights.</summary>
internal enum AxisOrder
{
    /// <summary>Outputs, inputs, rows, columns: PyTorch, Caffe, ONNX.</summary>
    OutputsFirst,

    /// <summary>Rows, columns, inputs, outputs: TensorFlow, Keras, MatConvNet.</summary>
    OutputsLast,
}

/// <summary>A square convolution of a weight file.</summary>
/// <param name="Weights">Its weights.</param>
/// <param name="Bias">Its bias.</param>
/// <param name="Order">The order of the weights' axes.</param>
internal sealed record VggConvolution(ArchivedTensor Weights, ArchivedTensor Bias, AxisOrder Order)
{
    // Engines store maps of up to four channels as pictures, so a layer must have more; no VGG exceeds the maximum.
    private const int MinOutputs = 5, MaxChannels = 4096;

    internal int Outputs => Order == AxisOrder.OutputsFirst ? Weights.Shape[0] : Weights.Shape[3];

    internal int Inputs => Order == AxisOrder.OutputsFirst ? Weights.Shape[1] : Weights.Shape[2];

    /// <summary>Returns the axis order with which a tensor can be the weights of a 3×3 convolution; null if it cannot
    /// be.</summary>
    internal static AxisOrder? OrderOf(ImmutableArray<int> shape) => shape switch
    {
        [>= MinOutputs and <= MaxChannels, > 0 and <= MaxChannels, 3, 3] => AxisOrder.OutputsFirst,
        [3, 3, > 0 and <= MaxChannels, >= MinOutputs and <= MaxChannels] => AxisOrder.OutputsLast,
        _ => null,
    };

    /// <summary>Reads the weights as outputs × inputs × rows × columns.</summary>
    internal float[] ReadWeights(IWeightArchive archive)
    {
        float[] stored = archive.Read(Weights);
        if (Order == AxisOrder.OutputsFirst)
        {
            return stored;
        }

        int inputs = Inputs, outputs = Outputs, area = stored.Length / (inputs * outputs);
        float[] values = new float[stored.Length];
        for (int from = 0, tap = 0; tap < area; tap++)
        {
            for (int input = 0; input < inputs; input++)
            {
                for (int output = 0; output < outputs; output++)
                    values[(((output * inputs) + input) * area) + tap] = stored[from++];
            }
        }

        return values;
    }
}
