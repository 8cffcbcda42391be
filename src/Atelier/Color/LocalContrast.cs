using Atelier.Imaging;

namespace Atelier.Color;

/// <summary>Strengthens weak local contrast of a photograph, so that faint joints, panels and clouds become forms that
/// a painting keeps, and tells where there is contrast to hold on to.</summary>
/// <remarks>Strengthening is the statistical differencing of Wallis 1976 with the local mean kept: the deviation of the
/// brightness from its local mean is amplified toward a given standard deviation. Contrast that is strong already stays
/// as it is, so that edges get no halos, and so does what is hardly more than noise.</remarks>
internal static class LocalContrast
{
    // Half the side of a window as a share of the long side, the standard deviation to reach, that of noise, and the
    // largest amplification. Chosen by eye.
    private const double Radius = 0.03, Target = 0.16, Noise = 0.006, MaxGain = 4;

    // The same for the salience: half the side of a window, the standard deviation at which it is 1, and its limits.
    private const double SalienceRadius = 0.02, Typical = 0.14, MinSalience = 0.25, MaxSalience = 1.5;

    /// <summary>Returns the picture with stronger local contrast.</summary>
    /// <param name="picture">The photograph at any size.</param>
    /// <param name="amount">0 keeps the picture, 1 amplifies fully.</param>
    internal static PlanarPicture Strengthen(PlanarPicture picture, double amount)
    {
        if (amount == 0)
        {
            return picture;
        }

        int area = picture.Height * picture.Width;
        float[] values = [.. picture.Values];
        (float[] brightness, double[] means, double[] variances) = Measure(picture, Radius);
        for (int i = 0; i < area; i++)
        {
            double change = (GainFor(variances[i], amount) - 1) * (brightness[i] - means[i]);
            float shift = (float)(Math.Clamp(brightness[i] + change, 0, 1) - brightness[i]);
            for (int plane = 0; plane < 3; plane++)
            {
                ref float sample = ref values[(plane * area) + i];
                sample = Math.Clamp(sample + shift, 0f, 1f);
            }
        }

        return picture with { Values = values };
    }

    /// <summary>Returns how firmly a painting should hold on to each part of a photograph: less than 1 in flat skies,
    /// walls and water, which the artwork may fill with forms of its own, and more than 1 at edges and textures.
    /// </summary>
    /// <param name="picture">The photograph at any size.</param>
    /// <param name="amount">0 for 1 everywhere, for which null is returned; 1 for the full range.</param>
    internal static Mask? Salience(PlanarPicture picture, double amount)
    {
        if (amount == 0)
        {
            return null;
        }

        double[] variances = Measure(picture, SalienceRadius).Variances;
        double SalienceOf(double variance) => Math.Clamp(variance / (Typical * Typical), MinSalience, MaxSalience);
        return new Mask(
            picture.Height, picture.Width,
            Array.ConvertAll(variances, variance => (float)(1 + (amount * (SalienceOf(variance) - 1)))));
    }

    /// <summary>Returns the brightness, and its local mean and variance.</summary>
    /// <param name="radius">Half the side of a window as a share of the long side.</param>
    private static (float[] Brightness, double[] Means, double[] Variances) Measure(
        PlanarPicture picture, double radius)
    {
        (int height, int width) = (picture.Height, picture.Width);
        int pixels = Math.Max(2, (int)(Math.Max(height, width) * radius));
        float[] brightness = picture.Luma();
        double[] means = Smooth(Array.ConvertAll(brightness, value => (double)value), height, width, pixels);
        double[] variances = Smooth(
            [.. brightness.Select((value, i) => (value - means[i]) * (value - means[i]))], height, width, pixels);
        return (brightness, means, variances);
    }

    private static double GainFor(double variance, double amount)
    {
        double withNoise = variance + (Noise * Noise);
        double gain = Math.Clamp(Target / Math.Sqrt(withNoise), 1, MaxGain), certainty = variance / withNoise;
        return 1 + (amount * certainty * (gain - 1));
    }

    /// <summary>Averages twice over square windows, whose parts outside the picture do not count.</summary>
    /// <returns>The values themselves, which are overwritten.</returns>
    private static double[] Smooth(double[] values, int height, int width, int radius)
    {
        double[] turned = new double[values.Length];
        for (int pass = 0; pass < 2; pass++)
        {
            // Along rows, then along columns: each turns the plane over.
            AverageRows(values, turned, height, width, radius);
            AverageRows(turned, values, width, height, radius);
        }

        return values;
    }

    /// <summary>Averages along rows, and writes the transposed plane.</summary>
    private static void AverageRows(double[] values, double[] averages, int height, int width, int radius)
    {
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<double> row = values.AsSpan(y * width, width);
            double sum = 0;
            for (int x = 0; x < Math.Min(radius, width); x++)
                sum += row[x];
            for (int x = 0; x < width; x++)
            {
                (int first, int end) = (Math.Max(0, x - radius), Math.Min(width, x + radius + 1));
                sum += x + radius < width ? row[x + radius] : 0;
                sum -= x - radius - 1 >= 0 ? row[x - radius - 1] : 0;
                averages[(x * height) + y] = sum / (end - first);
            }
        }
    }
}
