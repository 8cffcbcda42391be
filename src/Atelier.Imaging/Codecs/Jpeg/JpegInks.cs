using Atelier.Imaging.Profiles;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>Reads the inks of a picture in CMYK for a converter of colors.</summary>
internal static class JpegInks
{
    /// <summary>Returns the inks; null if the picture is not in CMYK, or if there is no converter.</summary>
    /// <param name="frame">The decoded components.</param>
    /// <param name="model">Their color model.</param>
    /// <param name="profile">The accepted profile; null for none.</param>
    internal static CmykColors? Read(JpegFrame frame, JpegColorModel model, byte[]? profile)
    {
        if (model is not (JpegColorModel.Cmyk or JpegColorModel.Ycck) || ProfileConverters.Available is null)
        {
            return null;
        }

        int width = frame.Width;
        float[][] inks = [.. Enumerable.Range(0, 4).Select(_ => new float[width * frame.Height])];
        Upsampler[] sources = [.. frame.Components.Select(component => new Upsampler(component, frame))];
        for (int y = 0; y < frame.Height; y++)
        {
            ReadOnlySpan<byte> first = sources[0].Row(y), second = sources[1].Row(y), third = sources[2].Row(y),
                black = sources[3].Row(y);
            for (int x = 0, i = y * width; x < width; x++, i++)
            {
                // Files store the complements of the inks, and YCCK the YCbCr of their complements in turn.
                (byte cyan, byte magenta, byte yellow) = model == JpegColorModel.Ycck
                    ? JpegColor.ToRgb(first[x], second[x], third[x])
                    : ((byte)(255 - first[x]), (byte)(255 - second[x]), (byte)(255 - third[x]));
                (inks[0][i], inks[1][i], inks[2][i]) = (cyan / 255f, magenta / 255f, yellow / 255f);
                inks[3][i] = (255 - black[x]) / 255f;
            }
        }

        return new CmykColors(inks, profile);
    }
}
