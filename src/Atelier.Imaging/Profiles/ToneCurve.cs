namespace Atelier.Imaging.Profiles;

/// <summary>The tone curve of a channel: how much light each encoded sample stands for, both in [0, 1].</summary>
/// <remarks>Curves are evaluated by interpolation in tables, which contain every 8- and 16-bit sample itself.</remarks>
/// <param name="toLinear">Converts an encoded sample to linear light.</param>
internal sealed class ToneCurve(Func<double, double> toLinear)
{
    private const int Last = ushort.MaxValue;

    /// <summary>The curve of sRGB (IEC 61966-2-1).</summary>
    internal static ToneCurve Srgb { get; } =
        Parametric(3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]);

    /// <summary>The curve of ITU-R BT.709 and BT.2020.</summary>
    internal static ToneCurve Bt709 { get; } =
        Parametric(3, [1 / 0.45, 1 / 1.0993, 0.0993 / 1.0993, 1 / 4.5, 0.081243]);

    /// <summary>Type and parameters of the curve as a profile stores them; null if it is not parametric.</summary>
    internal (int Type, double[] Parameters)? Formula { get; private init; }

    /// <summary>Linear light of the samples 0 to 65535.</summary>
    internal float[] Linear => field ??= Tabulate();

    /// <summary>The encoded samples of the light (i / 65535)², which are dense where curves are steep.</summary>
    internal float[] Encoded => field ??= Invert(Linear);

    /// <summary>Whether the curve rises, so that it can be inverted.</summary>
    internal bool Rises => Light(1) - Light(0) > 0.01f;

    /// <summary>Creates a curve with the formulas of ICC.1, table 68: light = sample^gamma and its
    /// extensions.</summary>
    /// <param name="type">Number of the formula, 0–4.</param>
    /// <param name="parameters">Its parameters, in the order g, a, b, c, d, e, f.</param>
    /// <exception cref="ImageFormatException">There is no such formula.</exception>
    internal static ToneCurve Parametric(int type, double[] parameters)
    {
        double[] p = [.. parameters, .. new double[7]];
        (double g, double a, double b, double c, double d) = (p[0], p[1], p[2], p[3], p[4]);
        Func<double, double> function = type switch
        {
            0 => x => Math.Pow(x, g),
            1 => x => x >= -b / a ? Math.Pow((a * x) + b, g) : 0,
            2 => x => x >= -b / a ? Math.Pow((a * x) + b, g) + c : c,
            3 => x => x >= d ? Math.Pow((a * x) + b, g) : c * x,
            4 => x => x >= d ? Math.Pow((a * x) + b, g) + p[5] : (c * x) + p[6],
            _ => throw new ImageFormatException($"formula {type} of a curve is unknown"),
        };
        return new ToneCurve(function) { Formula = (type, parameters) };
    }

    /// <summary>Creates a curve from samples at equal distances, 0–65535.</summary>
    /// <param name="samples">At least two samples.</param>
    internal static ToneCurve FromSamples(ushort[] samples) => new(x =>
    {
        double place = x * (samples.Length - 1);
        int i = Math.Min((int)place, samples.Length - 2);
        return (samples[i] + ((samples[i + 1] - samples[i]) * (place - i))) / Last;
    });

    /// <summary>Returns the value at <paramref name="place"/> in [0, 1] of a table; NaN counts as 0.</summary>
    internal static float Lookup(float[] table, float place)
    {
        float scaled = place > 0 ? Math.Min(place, 1) * Last : 0;
        int i = Math.Min((int)scaled, Last - 1);
        return table[i] + ((table[i + 1] - table[i]) * (scaled - i));
    }

    private float[] Tabulate()
    {
        float[] table = new float[Last + 1];
        for (int i = 0; i <= Last; i++) table[i] = Light((double)i / Last);
        return table;
    }

    private float Light(double sample) => toLinear(sample) is double light and > 0 ? (float)Math.Min(light, 1) : 0;

    /// <summary>Inverts a table. Where it falls, the highest value so far counts.</summary>
    private static float[] Invert(float[] linear)
    {
        float[] highest = [.. linear];
        for (int k = 1; k <= Last; k++) highest[k] = Math.Max(highest[k], highest[k - 1]);
        float[] encoded = new float[Last + 1];
        for (int j = 0, i = 0; j <= Last; j++)
        {
            double light = Math.Pow((double)j / Last, 2);
            while (i < Last - 1 && highest[i + 1] < light) i++;
            double step = highest[i + 1] - highest[i];
            double share = step > 0 ? Math.Clamp((light - highest[i]) / step, 0, 1) : 0;
            encoded[j] = (float)((i + share) / Last);
        }

        return encoded;
    }
}
