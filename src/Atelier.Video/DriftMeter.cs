using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Measures how bright and how contrasty the frames of a result are, relative to those of the input, and how
/// far that drifts during a scene.</summary>
internal sealed class DriftMeter
{
    private FrameTone? _first;

    /// <summary>Measures the next frame.</summary>
    /// <param name="painted">The finished frame.</param>
    /// <param name="frame">The frame of the input, of any size.</param>
    /// <param name="startsScene">Whether a scene begins with this frame.</param>
    internal FrameTone Measure(Picture painted, Picture frame, bool startsScene)
    {
        ((double mean, double deviation), (double ofFrame, double deviationOfFrame)) = (LumaOf(painted), LumaOf(frame));
        FrameTone tone = new(Ratio(mean, ofFrame), Ratio(deviation, deviationOfFrame), null, null);
        _first = startsScene || _first is null ? tone : _first;
        return tone with
        {
            BrightnessDrift = Ratio(tone.Brightness, _first.Brightness) - 1,
            ContrastDrift = Ratio(tone.Contrast, _first.Contrast) - 1,
        };
    }

    /// <summary>Mean and standard deviation of the luma (weights of ITU-R BT.709 on encoded samples).</summary>
    private static (double Mean, double Deviation) LumaOf(Picture picture)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < picture.Red.Length; i++)
        {
            double luma = picture.LumaAt(i);
            (sum, squares) = (sum + luma, squares + (luma * luma));
        }

        double mean = sum / picture.Red.Length;
        return (mean, Math.Sqrt(Math.Max(0, (squares / picture.Red.Length) - (mean * mean))));
    }

    /// <summary>Null for a divisor that is nothing but rounding errors: a black or flat frame.</summary>
    private static double? Ratio(double? value, double? divisor) => divisor > 1e-6 ? value / divisor : null;
}

/// <summary>Brightness and contrast of a painted frame; see <see cref="FrameReport"/>.</summary>
internal sealed record FrameTone(
    double? Brightness, double? Contrast, double? BrightnessDrift, double? ContrastDrift);
