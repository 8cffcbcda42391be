using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>A convolution with random weights as an engine does it, and its plain twin in double precision.</summary>
internal sealed class PlainConvolution
{
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly float[] _weights;
    private readonly float[] _bias;

    /// <param name="engine">Computes it; the filter is made for it.</param>
    /// <param name="size">Shape of both maps.</param>
    /// <param name="bias">Whether there is one.</param>
    /// <param name="round">What is done with the weights first; null for nothing.</param>
    internal PlainConvolution(
        IEngine engine, (int Height, int Width, int Inputs, int Outputs) size, bool bias = true,
        Func<float, float>? round = null)
    {
        (int height, int width, _inputs, _outputs) = size;
        InputShape = new Shape(height, width, _inputs);
        OutputShape = new Shape(height, width, _outputs);
        _weights = [.. Numbers.Normal(1, _outputs * _inputs * 9).Select(round ?? (weight => weight))];
        _bias = bias ? Numbers.Normal(2, _outputs) : new float[_outputs];
        Filter = engine.CreateFilter(_weights, _bias);
    }

    internal Filter Filter { get; }

    internal Shape InputShape { get; }

    internal Shape OutputShape { get; }

    internal double[] Forward(double[] input)
    {
        double[] output = new double[OutputShape.Count];
        for (int i = 0; i < output.Length; i++)
            output[i] = _bias[i % _outputs];
        ForEachProduct((from, to, weight) => output[to] += weight * input[from]);
        return output;
    }

    internal double[] Backward(double[] outputGradient)
    {
        double[] gradient = new double[InputShape.Count];
        ForEachProduct((from, to, weight) => gradient[from] += weight * outputGradient[to]);
        return gradient;
    }

    private void ForEachProduct(Action<int, int, double> visit)
    {
        (int height, int width, _) = InputShape;
        for (int i = 0; i < height * width * 9; i++)
        {
            (int y, int x, int tap) = (i / 9 / width, i / 9 % width, i % 9);
            (int fromY, int fromX) = (y + (tap / 3) - 1, x + (tap % 3) - 1);
            if (fromY < 0 || fromX < 0 || fromY >= height || fromX >= width)
            {
                continue;
            }

            for (int output = 0; output < _outputs; output++)
            {
                for (int input = 0; input < _inputs; input++)
                {
                    visit(
                        (((fromY * width) + fromX) * _inputs) + input, (((y * width) + x) * _outputs) + output,
                        _weights[(((output * _inputs) + input) * 9) + tap]);
                }
            }
        }
    }
}
