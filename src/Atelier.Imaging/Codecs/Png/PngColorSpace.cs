using System.Buffers.Binary;
using Atelier.Imaging.Profiles;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>The color space of the samples of a PNG file: that of cICP or otherwise iCCP, sRGB, gAMA and cHRM, in this
/// order (W3C PNG, third edition, section 4.3).</summary>
/// <param name="isGray">Whether the samples are gray.</param>
/// <param name="warn">Receives warnings.</param>
internal sealed class PngColorSpace(bool isGray, Action<string> warn)
{
    private const double UsualGamma = 0.45455, Scale = 100_000;
    private CodePoints? _points;
    private bool _isSrgb;
    private double? _gamma;
    private double[]? _chromaticities;

    /// <summary>The high dynamic range that the samples have to be mapped from; null for any other color
    /// space.</summary>
    public StoredColors? Hdr => _points?.Hdr;

    /// <summary>Reads cICP: code points of primaries, transfer characteristics and matrix, and whether the samples use
    /// the full range.</summary>
    /// <exception cref="ImageFormatException">The color space is not supported.</exception>
    public void ReadCodePoints(ReadOnlySpan<byte> data)
    {
        if (data.Length != 4 || data[2] != 0 || data[3] != 1)
        {
            throw new ImageFormatException("it does not declare RGB of the full range");
        }

        _points = CodePoints.Create(data[0], data[1]);
    }

    /// <summary>Reads sRGB: the samples are sRGB.</summary>
    public void ReadSrgb() => _isSrgb = true;

    /// <summary>Reads gAMA: the exponent that encodes light, times 100 000.</summary>
    /// <exception cref="ImageFormatException">It is malformed.</exception>
    public void ReadGamma(ReadOnlySpan<byte> data)
    {
        double gamma = data.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(data) / Scale : 0;
        _gamma = gamma is > 0.05 and < 5 ? gamma : throw new ImageFormatException("it is not a plausible exponent");
    }

    /// <summary>Reads cHRM: x and y of white, red, green and blue, times 100 000.</summary>
    /// <exception cref="ImageFormatException">It is malformed.</exception>
    public void ReadChromaticities(ReadOnlySpan<byte> data)
    {
        if (data.Length != 32)
        {
            throw new ImageFormatException($"it has {data.Length} bytes instead of 32");
        }

        double[] values = new double[8];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadUInt32BigEndian(data[(4 * i)..]) / Scale;
        _chromaticities = values;
    }

    /// <summary>Returns the profile of the samples: the embedded one, or one of the color space that the file declares
    /// otherwise; null for sRGB.</summary>
    /// <param name="embedded">The embedded profile; null if there is none.</param>
    public byte[]? ProfileOf(byte[]? embedded)
    {
        if (_points is not null)
        {
            return _points.Profile;
        }

        byte[]? profile = embedded is null ? null : EmbeddedProfile.Accept(
            embedded, isGray ? "GRAY" : "RGB", problem => warn($"PNG iCCP: the profile {problem}."));
        return profile ?? (_isSrgb || _gamma is null ? null : ProfileOfGamma(_gamma.Value));
    }

    private byte[]? ProfileOfGamma(double gamma)
    {
        try
        {
            // Most writers mean sRGB by this number.
            bool isUsual = Math.Abs(gamma - UsualGamma) < 0.02 * UsualGamma;
            ToneCurve curve = isUsual ? ToneCurve.Srgb : ToneCurve.Parametric(0, [1 / gamma]);
            double[] c = _chromaticities ?? [0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06];
            ColorMatrix toXyz = ColorMatrix.FromPrimaries((c[2], c[3]), (c[4], c[5]), (c[6], c[7]), (c[0], c[1]));
            ColorSpace space = new(toXyz, [curve, curve, curve]);
            return space.IsSrgb ? null : IccWriter.Write(space, "gAMA and cHRM", (c[0], c[1]));
        }
        catch (ImageFormatException error)
        {
            warn($"PNG cHRM: ignored, because {error.Message}.");
            return null;
        }
    }
}
