namespace Atelier.Imaging;

/// <summary>The source samples of every sample of a resized line, with their weights.</summary>
internal sealed class ResampleWeights
{
    private readonly int[] _starts;
    private readonly float[][] _weights;

    /// <summary>Computes the weights for resizing a line from <paramref name="length"/> to <paramref name="newLength"/>
    /// samples. Sample i covers the interval from i to i + 1. When the line shrinks, the filter widens by the same
    /// factor, so that detail too fine for the new line is averaged away. At the ends, the weights of samples that do
    /// not exist are distributed among the others.</summary>
    public ResampleWeights(int length, int newLength, ResampleFilter filter)
    {
        _starts = new int[newLength];
        _weights = new float[newLength][];
        double scale = (double)length / newLength, stretch = Math.Max(1, scale), reach = Radius(filter) * stretch;
        for (int i = 0; i < newLength; i++)
        {
            double center = (i + 0.5) * scale;
            int start = Math.Clamp((int)Math.Ceiling(center - reach - 0.5), 0, length - 1);
            int end = Math.Clamp((int)Math.Floor(center + reach - 0.5), start, length - 1);
            double[] weights = new double[end - start + 1];
            for (int k = 0; k < weights.Length; k++)
            {
                weights[k] = Evaluate(filter, (start + k + 0.5 - center) / stretch);
            }

            double sum = weights.Sum();
            _starts[i] = start;
            _weights[i] = Array.ConvertAll(weights, weight => (float)(weight / sum));
        }
    }

    /// <summary>Returns the index of the first source sample of sample <paramref name="index"/>.</summary>
    public int StartOf(int index) => _starts[index];

    /// <summary>Returns the weights of that source sample and the following ones; they sum to 1.</summary>
    public ReadOnlySpan<float> WeightsOf(int index) => _weights[index];

    /// <summary>Returns the approximate number of multiplications per new sample.</summary>
    public static double Cost(int length, int newLength, ResampleFilter filter)
        => length == newLength ? 0 : 2 * Radius(filter) * Math.Max(1.0, (double)length / newLength);

    private static double Radius(ResampleFilter filter) => filter == ResampleFilter.Lanczos3 ? 3 : 1;

    private static double Evaluate(ResampleFilter filter, double x)
    {
        if (Math.Abs(x) >= Radius(filter)) return 0;
        return filter == ResampleFilter.Lanczos3 ? Sinc(x) * Sinc(x / 3) : 1 - Math.Abs(x);
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
