using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Atelier.Imaging.Profiles;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>The color models of the components of a file.</summary>
internal enum JpegColorModel
{
    Gray,
    Rgb,
    YCbCr,
    Cmyk,
    Ycck,
}

/// <summary>Converts rows of components to rows of red, green and blue in [0, 1].</summary>
/// <remarks>The matrix of JFIF (ITU-R BT.601, full range) in 16-bit fixed point: the results are the same on every
/// machine.</remarks>
internal static class JpegColor
{
    private const int FractionBits = 16;
    private const int Half = 1 << (FractionBits - 1);
    private const int Center = 128;

    private const int CrToRed = 91881;      // 1.402
    private const int CbToGreen = -22554;   // -0.344136
    private const int CrToGreen = -46802;   // -0.714136
    private const int CbToBlue = 116130;    // 1.772

    /// <summary>Returns the color model, by the same rules as common libraries.</summary>
    internal static JpegColorModel Model(ReadOnlySpan<JpegComponent> components, JpegMetadata metadata)
    {
        if (components.Length == 1)
        {
            return JpegColorModel.Gray;
        }

        if (components.Length == 4)
        {
            return metadata.AdobeTransform is null or 0 ? JpegColorModel.Cmyk : JpegColorModel.Ycck;
        }

        bool isNamedRgb = components[0].Id == 'R' && components[1].Id == 'G' && components[2].Id == 'B';
        bool isRgb = !metadata.IsJfif && (metadata.AdobeTransform is int transform ? transform == 0 : isNamedRgb);
        return isRgb ? JpegColorModel.Rgb : JpegColorModel.YCbCr;
    }

    /// <summary>Returns the embedded profile; null if there is none that is intact and describes this color
    /// model.</summary>
    /// <param name="warn">Receives a warning about a profile that does not.</param>
    internal static byte[]? ProfileOf(JpegColorModel model, JpegMetadata metadata, Action<string> warn)
    {
        if (!metadata.Profile.Any)
        {
            return null;
        }

        if (metadata.Profile.Assemble() is not byte[] profile)
        {
            warn("JPEG: the ICC profile is incomplete and was ignored.");
            return null;
        }

        string described = model switch
        {
            JpegColorModel.Gray => "GRAY",
            JpegColorModel.Rgb or JpegColorModel.YCbCr => "RGB",
            _ => "CMYK",
        };
        return EmbeddedProfile.Accept(profile, described, problem => warn($"JPEG: the ICC profile {problem}."));
    }

    /// <summary>Converts samples to numbers in [0, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Scale(ReadOnlySpan<byte> samples, Span<float> result)
    {
        int x = 0;
        for (; x + Vector256<int>.Count <= result.Length; x += Vector256<int>.Count)
        {
            Scale(Load(samples, x)).CopyTo(result[x..]);
        }

        for (; x < result.Length; x++)
        {
            result[x] = samples[x] / 255f;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FromYCbCr(
        ReadOnlySpan<byte> y, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr,
        Span<float> red, Span<float> green, Span<float> blue)
    {
        int x = 0;
        for (; x + Vector256<int>.Count <= red.Length; x += Vector256<int>.Count)
        {
            Vector256<int> level = (Load(y, x) << FractionBits) + Vector256.Create(Half);
            Vector256<int> u = Load(cb, x) - Vector256.Create(Center), v = Load(cr, x) - Vector256.Create(Center);
            Scale(Clamp((level + (v * CrToRed)) >> FractionBits)).CopyTo(red[x..]);
            Scale(Clamp((level + (u * CbToGreen) + (v * CrToGreen)) >> FractionBits)).CopyTo(green[x..]);
            Scale(Clamp((level + (u * CbToBlue)) >> FractionBits)).CopyTo(blue[x..]);
        }

        for (; x < red.Length; x++)
        {
            (byte r, byte g, byte b) = ToRgb(y[x], cb[x], cr[x]);
            (red[x], green[x], blue[x]) = (r / 255f, g / 255f, b / 255f);
        }
    }

    /// <summary>Converts ink to light: the light that passes both the ink and the black. Files store this light instead
    /// of the amount of ink, a convention of Adobe's programs that readers expect of all files.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FromCmyk(
        ReadOnlySpan<byte> ink, ReadOnlySpan<byte> black, Span<float> result)
    {
        for (int x = 0; x < result.Length; x++)
        {
            result[x] = Light(ink[x], black[x]);
        }
    }

    /// <summary>As <see cref="FromCmyk"/>, for inks stored as the YCbCr of their complements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FromYcck(
        ReadOnlySpan<byte> y, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, ReadOnlySpan<byte> black,
        Span<float> red, Span<float> green, Span<float> blue)
    {
        for (int x = 0; x < red.Length; x++)
        {
            (byte r, byte g, byte b) = ToRgb(y[x], cb[x], cr[x]);
            red[x] = Light(255 - r, black[x]);
            green[x] = Light(255 - g, black[x]);
            blue[x] = Light(255 - b, black[x]);
        }
    }

    /// <summary>The product of two fractions of 255, rounded to a fraction of 255.</summary>
    private static float Light(int passed, int black) => ((passed * black) + 127) / 255 / 255f;

    internal static (byte Red, byte Green, byte Blue) ToRgb(byte y, byte cb, byte cr)
    {
        int level = (y << FractionBits) + Half, u = cb - Center, v = cr - Center;
        return (Clamp((level + (v * CrToRed)) >> FractionBits),
            Clamp((level + (u * CbToGreen) + (v * CrToGreen)) >> FractionBits),
            Clamp((level + (u * CbToBlue)) >> FractionBits));
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);

    private static Vector256<int> Clamp(Vector256<int> value)
        => Vector256.Clamp(value, Vector256<int>.Zero, Vector256.Create(255));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Scale(Vector256<int> samples) => Vector256.ConvertToSingle(samples) / 255f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Load(ReadOnlySpan<byte> samples, int x)
    {
        ulong eight = BitConverter.ToUInt64(samples.Slice(x, sizeof(ulong)));
        Vector128<ushort> wide = Vector128.WidenLower(Vector128.CreateScalarUnsafe(eight).AsByte());
        return Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide)).AsInt32();
    }
}
