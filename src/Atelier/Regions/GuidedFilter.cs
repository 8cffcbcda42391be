namespace Atelier.Regions;

/// <summary>An edge-preserving smoothing filter (He, Sun and Tang 2010): within each window, the result is a linear
/// function of a guide image.</summary>
internal sealed class GuidedFilter
{
    private readonly int _height, _width, _radius;
    private readonly double _regularization;
    private readonly double[] _guide, _mean, _variance;

    /// <param name="guide">The guide, from 0 to 1, row by row.</param>
    /// <param name="radius">Radius of a window, in pixels.</param>
    /// <param name="regularization">Variance of the guide below which a window counts as flat.</param>
    internal GuidedFilter(float[] guide, int height, int width, int radius, double regularization)
    {
        (_height, _width, _radius, _regularization) = (height, width, radius, regularization);
        _guide = Array.ConvertAll(guide, value => (double)value);
        _mean = Mean(_guide);
        double[] squares = Mean(Combine(_guide, _guide, (a, b) => a * b));
        _variance = Combine(squares, _mean, (square, mean) => square - (mean * mean));
    }

    /// <summary>Returns the filtered plane, whose edges follow the guide.</summary>
    internal float[] Apply(float[] plane)
    {
        double[] input = Array.ConvertAll(plane, value => (double)value), mean = Mean(input);
        double[] slopes = Mean(Combine(_guide, input, (a, b) => a * b)), offsets = mean;
        for (int i = 0; i < slopes.Length; i++)
        {
            slopes[i] = (slopes[i] - (_mean[i] * mean[i])) / (_variance[i] + _regularization);
            offsets[i] = mean[i] - (slopes[i] * _mean[i]);
        }

        (slopes, offsets) = (Mean(slopes), Mean(offsets));
        float[] result = new float[plane.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = (float)((slopes[i] * _guide[i]) + offsets[i]);
        return result;
    }

    private static double[] Combine(double[] a, double[] b, Func<double, double, double> function)
    {
        double[] result = new double[a.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = function(a[i], b[i]);
        return result;
    }

    /// <summary>The mean over the part of each window that lies in the plane.</summary>
    private double[] Mean(double[] plane)
    {
        double[] rows = new double[plane.Length], result = new double[plane.Length];
        for (int y = 0; y < _height; y++)
            MeanAlong(plane, rows, y * _width, 1, _width);
        for (int x = 0; x < _width; x++)
            MeanAlong(rows, result, x, _width, _height);
        return result;
    }

    private void MeanAlong(double[] source, double[] target, int start, int stride, int count)
    {
        double sum = 0;
        for (int i = 0; i < Math.Min(_radius, count); i++)
            sum += source[start + (i * stride)];
        for (int i = 0; i < count; i++)
        {
            int entering = i + _radius, leaving = i - _radius - 1;
            sum += entering < count ? source[start + (entering * stride)] : 0;
            sum -= leaving >= 0 ? source[start + (leaving * stride)] : 0;
            target[start + (i * stride)] = sum / (Math.Min(entering, count - 1) - Math.Max(leaving, -1));
        }
    }
}
