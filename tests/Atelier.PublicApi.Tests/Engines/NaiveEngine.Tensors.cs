using Atelier.Engine;

namespace Atelier.PublicApi.Tests.Engines;

/// <content>Optimizers, and losses on pixels.</content>
internal sealed partial class NaiveEngine
{
    public double Dot(Tensor x, Tensor y) => Of(x).Zip(Of(y)).Sum(pair => (double)pair.First * pair.Second);

    public void AddScaled(Tensor x, float scale, Tensor y) => Fill(y, i => Of(y)[i] + (scale * Of(x)[i]));

    public void Multiply(Tensor x, Tensor y) => Fill(y, i => Of(x)[i] * Of(y)[i]);

    public void CopyScaled(Tensor source, float scale, Tensor target) => Fill(target, i => scale * Of(source)[i]);

    public void Move(Tensor source, Tensor direction, float scale, float min, float max, Tensor target)
        => Fill(target, i => Math.Clamp(Of(source)[i] + (scale * Of(direction)[i]), min, max));

    public void DropOutward(Tensor x, float min, float max, Tensor vector)
        => Fill(vector, i =>
            (Of(x)[i] <= min && Of(vector)[i] < 0) || (Of(x)[i] >= max && Of(vector)[i] > 0)
                ? 0
                : Of(vector)[i]);

    public void AdamStep(in AdamStep update, Tensor gradient, Tensor mean, Tensor square, Tensor x, Tensor average)
    {
        AdamStep step = update;
        Fill(mean, i => Of(mean)[i] + ((1 - step.Beta1) * (Of(gradient)[i] - Of(mean)[i])));
        Fill(square, i =>
            Of(square)[i] + ((1 - step.Beta2) * ((Of(gradient)[i] * Of(gradient)[i]) - Of(square)[i])));
        Fill(x, i => Math.Clamp(
            Of(x)[i] - (step.StepSize * Of(mean)[i]
                / (MathF.Sqrt(Of(square)[i] * step.SquareCorrection) + step.Epsilon)),
            step.Min, step.Max));
        Fill(average, i => Of(average)[i] + ((1 - step.Decay) * (Of(x)[i] - Of(average)[i])));
    }

    public void MixPlanes(Tensor source, ReadOnlySpan<float> matrix, float keep, Tensor target)
    {
        int area = target.Length / 3;
        float[] factors = matrix.ToArray();
        Fill(target, i =>
        {
            double sum = keep == 0 ? 0 : (double)keep * Of(target)[i];
            for (int plane = 0; plane < 3; plane++)
                sum += (double)factors[(3 * (i / area)) + plane] * Of(source)[(plane * area) + (i % area)];
            return (float)sum;
        });
    }

    public double WeightedDistance(Tensor x, Tensor target, Tensor weights, float scale, Tensor gradient)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double difference = (double)Of(x)[i] - Of(target)[i], weighted = Of(weights)[i] * difference;
            sum += weighted * difference;
            Of(gradient)[i] += (float)(scale * weighted);
        }

        return sum;
    }

    public double TotalVariation(
        TotalVariationKind kind, Tensor picture, int height, int width, float scale, Tensor gradient, bool isTileable)
    {
        Variation variation = new(Of(picture), height, width, isTileable);
        double value = 0;
        for (int plane = 0; plane < 3; plane++)
        {
            value += kind switch
            {
                TotalVariationKind.NinePoint => variation.NinePoint(plane),
                TotalVariationKind.Squared => variation.Squared(plane),
                _ => variation.Power(plane),
            };
        }

        Fill(gradient, i => (float)(Of(gradient)[i] + (scale * variation.Gradient[i])));
        return value;
    }

    private static void Fill(Tensor target, Func<int, float> value)
    {
        for (int i = 0; i < target.Length; i++)
            Of(target)[i] = value(i);
    }

    /// <summary>The forms of total variation, as <see cref="TotalVariationKind"/> defines them.</summary>
    private sealed class Variation(float[] values, int height, int width, bool isTileable)
    {
        internal double[] Gradient { get; } = new double[values.Length];

        internal double NinePoint(int plane)
        {
            int more = isTileable ? 0 : 1;
            double count = 3.0 * (height + more) * (width + more), sum = 0;
            for (int y = 0; y < height + more; y++)
            {
                for (int x = 0; x < width + more; x++)
                {
                    int corner = At(plane, y, x), left = At(plane, y, x - 1), above = At(plane, y - 1, x);
                    sum += Square(left, corner, 2 / (3 * count)) + Square(above, corner, 2 / (3 * count));
                    sum += Square(At(plane, y - 1, x - 1), corner, 1 / (6 * count));
                    sum += Square(left, above, 1 / (6 * count));
                }
            }

            return sum;
        }

        internal double Squared(int plane)
        {
            double sum = 0;
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    int corner = At(plane, y, x);
                    sum += Square(corner, At(plane, y, x + 1), 1) + Square(corner, At(plane, y + 1, x), 1);
                }
            }

            return sum;
        }

        internal double Power(int plane)
        {
            int less = isTileable ? 0 : 1;
            double sum = 0;
            for (int y = 0; y < height - less; y++)
            {
                for (int x = 0; x < width - less; x++)
                {
                    int corner = At(plane, y, x), right = At(plane, y, x + 1), below = At(plane, y + 1, x);
                    double dx = (double)values[right] - values[corner], dy = (double)values[below] - values[corner];
                    double square = (dx * dx) + (dy * dy), slope = 2.5 * Math.Pow(square, 0.25);
                    sum += Math.Pow(square, 1.25);
                    Gradient[right] += slope * dx;
                    Gradient[below] += slope * dy;
                    Gradient[corner] -= slope * (dx + dy);
                }
            }

            return sum;
        }

        private double Square(int a, int b, double weight)
        {
            double difference = (double)values[a] - values[b];
            Gradient[a] += 2 * weight * difference;
            Gradient[b] -= 2 * weight * difference;
            return weight * difference * difference;
        }

        /// <summary>Where a pixel's value is; beyond the border that of the nearest one, or of the opposite side.
        /// </summary>
        private int At(int plane, int y, int x)
        {
            (y, x) = isTileable
                ? ((y + height) % height, (x + width) % width)
                : (Math.Clamp(y, 0, height - 1), Math.Clamp(x, 0, width - 1));
            return (((plane * height) + y) * width) + x;
        }
    }
}
