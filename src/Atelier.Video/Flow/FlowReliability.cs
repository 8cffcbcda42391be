using Atelier.Imaging;

namespace Atelier.Video.Flow;

/// <summary>Determines where a flow is reliable, by the checks of Ruder, Dosovitskiy and Brox (2016), section 4.1, and
/// their program: following the flow forward and back must return close to the starting point, and the flow must not
/// change abruptly.</summary>
internal static class FlowReliability
{
    // |there + back|² may be a hundredth of |there|² + |back|², and half a square pixel.
    private const float ReturnShare = 0.01f;
    private const float ReturnSlack = 0.5f;

    // |∇x|² + |∇y|² may be a hundredth of |flow|², and 0.002.
    private const float ChangeShare = 0.01f;
    private const float ChangeSlack = 0.002f;

    // The map is smoothed, so disoccluded places also reduce the reliability of their surroundings.
    private const float Reliable = 1, Unknown = 0, Disoccluded = -1;
    private const double SmoothingDeviation = 0.8;
    private const int SmoothingReach = 3;

    /// <summary>Returns 1 where the flow from a frame to an earlier one is reliable, and 0 where it leads out of the
    /// picture, at disocclusions, and at motion boundaries.</summary>
    /// <param name="backward">Flow from the current frame to the earlier one.</param>
    /// <param name="forward">Flow from the earlier frame to the current one.</param>
    internal static Mask Compute(FlowField backward, FlowField forward)
    {
        (int height, int width) = (backward.Height, backward.Width);
        ArgumentOutOfRangeException.ThrowIfNotEqual((forward.Height, forward.Width), (height, width), nameof(forward));
        float[] values = new float[height * width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                values[(y * width) + x] = Judge(backward, forward, x, y);
        }

        float[] smooth = SmoothRows(Transposed(SmoothRows(values, width), height, width), height);
        foreach (ref float value in smooth.AsSpan())
            value = Math.Clamp(value, 0f, 1f);
        return new Mask(height, width, Transposed(smooth, width, height));
    }

    private static float Judge(FlowField backward, FlowField forward, int x, int y)
    {
        (int height, int width) = (backward.Height, backward.Width);
        int index = (y * width) + x;
        (float thereX, float thereY) = (backward.X[index], backward.Y[index]);
        (float earlierX, float earlierY) = (x + thereX, y + thereY);
        if (!(earlierX >= 0 && earlierX <= width - 1 && earlierY >= 0 && earlierY <= height - 1))
        {
            return Unknown;
        }

        BilinearPoint earlier = new(earlierX, earlierY, height, width, width);
        (float backX, float backY) = (earlier.Sample(forward.X), earlier.Sample(forward.Y));
        float there = Square(thereX, thereY), back = Square(backX, backY);
        if (Square(thereX + backX, thereY + backY) > (ReturnShare * (there + back)) + ReturnSlack)
        {
            return Disoccluded;
        }

        float change = Change(backward.X, height, width, x, y) + Change(backward.Y, height, width, x, y);
        return change > (ChangeShare * there) + ChangeSlack ? Unknown : Reliable;
    }

    /// <summary>The squared gradient, by central differences; the border is repeated beyond the picture.</summary>
    private static float Change(float[] plane, int height, int width, int x, int y)
    {
        int row = y * width;
        float across = plane[row + Math.Min(x + 1, width - 1)] - plane[row + Math.Max(x - 1, 0)];
        float down = plane[(Math.Min(y + 1, height - 1) * width) + x] - plane[(Math.Max(y - 1, 0) * width) + x];
        return Square(across / 2, down / 2);
    }

    private static float Square(float x, float y) => (x * x) + (y * y);

    /// <summary>Smooths along the rows; the border is repeated beyond the picture.</summary>
    private static float[] SmoothRows(float[] plane, int width)
    {
        double[] weights = [.. Enumerable.Range(-SmoothingReach, (2 * SmoothingReach) + 1)
            .Select(offset => Math.Exp(-0.5 * offset * offset / (SmoothingDeviation * SmoothingDeviation)))];
        double total = weights.Sum();
        float[] result = new float[plane.Length];
        for (int i = 0; i < plane.Length; i++)
        {
            (int x, int row) = (i % width, i / width * width);
            double sum = 0;
            for (int k = 0; k < weights.Length; k++)
                sum += weights[k] * plane[row + Math.Clamp(x + k - SmoothingReach, 0, width - 1)];
            result[i] = (float)(sum / total);
        }

        return result;
    }

    private static float[] Transposed(float[] plane, int height, int width)
    {
        float[] result = new float[plane.Length];
        for (int i = 0; i < plane.Length; i++)
            result[(i % width * height) + (i / width)] = plane[i];
        return result;
    }
}
