namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Locates the taps of one direction of a filter among the weights [outputs, inputs, 3, 3]. The gradient with
/// respect to the input is a forward convolution with inputs and outputs exchanged and the filter rotated by 180°, so
/// the same kernels serve both directions.</summary>
internal readonly unsafe struct FilterTaps
{
    private readonly float* _first;
    private readonly nint _outputStep;
    private readonly nint _inputStep;
    private readonly nint _tapStep;

    /// <param name="weights">The weights of the filter, as stored.</param>
    /// <param name="outputs">Number of outputs of this direction; <paramref name="inputs"/> likewise.</param>
    /// <param name="isBackward">Whether this is the backward direction.</param>
    internal FilterTaps(float* weights, int outputs, int inputs, bool isBackward)
    {
        (Outputs, Inputs) = (outputs, inputs);
        _first = isBackward ? weights + 8 : weights;
        (_outputStep, _inputStep, _tapStep) = isBackward ? ((nint)9, 9 * (nint)outputs, -1) : (9 * (nint)inputs, 9, 1);
    }

    private FilterTaps(FilterTaps whole, int firstOutput, int outputs)
    {
        this = whole;
        _first += firstOutput * _outputStep;
        Outputs = outputs;
    }

    internal int Outputs { get; }

    internal int Inputs { get; }

    /// <summary>The taps of some of the outputs.</summary>
    internal FilterTaps Slice(int firstOutput, int outputs) => new(this, firstOutput, outputs);

    /// <summary>Gathers the taps of some inputs for neighboring outputs, outputs side by side: for each input, nine
    /// rows of <paramref name="width"/> numbers, with zeros for outputs that do not exist.</summary>
    internal void Read(int firstOutput, int width, int firstInput, int endInput, float* target)
    {
        int outputs = Math.Min(width, Outputs - firstOutput);
        if (outputs < width)
        {
            new Span<float>(target, 9 * width * (endInput - firstInput)).Clear();
        }

        for (int i = 0; i < outputs; i++)
        {
            float* row = target + i;
            for (int input = firstInput; input < endInput; input++)
            {
                float* tap = _first + ((firstOutput + i) * _outputStep) + (input * _inputStep);
                for (int t = 0; t < 9; t++, tap += _tapStep, row += width)
                    *row = *tap;
            }
        }
    }
}
