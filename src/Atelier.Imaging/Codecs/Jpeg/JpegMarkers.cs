namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>The second bytes of JPEG markers, named as in ITU-T T.81, table B.1.</summary>
internal static class JpegMarkers
{
    internal const byte Prefix = 0xFF;
    internal const byte Temporary = 0x01;
    internal const byte Sof0 = 0xC0;
    internal const byte Sof1 = 0xC1;
    internal const byte Sof2 = 0xC2;
    internal const byte Dht = 0xC4;
    internal const byte Jpg = 0xC8;
    internal const byte Dac = 0xCC;
    internal const byte Sof15 = 0xCF;
    internal const byte Rst0 = 0xD0;
    internal const byte Rst7 = 0xD7;
    internal const byte Soi = 0xD8;
    internal const byte Eoi = 0xD9;
    internal const byte Sos = 0xDA;
    internal const byte Dqt = 0xDB;
    internal const byte Dnl = 0xDC;
    internal const byte Dri = 0xDD;
    internal const byte App0 = 0xE0;
    internal const byte App1 = 0xE1;
    internal const byte App2 = 0xE2;
    internal const byte App13 = 0xED;
    internal const byte App14 = 0xEE;
    internal const byte Com = 0xFE;

    internal static bool IsRestart(byte marker) => marker is >= Rst0 and <= Rst7;

    /// <summary>Whether the marker begins a frame of any kind, supported or not.</summary>
    internal static bool IsFrame(byte marker) => marker is >= Sof0 and <= Sof15 and not (Dht or Jpg or Dac);

    /// <summary>Whether the marker stands alone, without a length and contents.</summary>
    internal static bool IsStandalone(byte marker) => IsRestart(marker) || marker is Temporary or Soi or Eoi;

    /// <summary>Returns the position of the next marker's prefix at or after <paramref name="position"/>, or the end of
    /// the file. Stuffed zeros and fill bytes are not markers.</summary>
    internal static int Find(ReadOnlySpan<byte> file, int position)
    {
        while (position < file.Length)
        {
            int step = file[position..].IndexOf(Prefix);
            if (step < 0 || position + step + 1 >= file.Length)
            {
                break;
            }

            position += step;
            if (file[position + 1] is not (0 or Prefix))
            {
                return position;
            }

            position += file[position + 1] == Prefix ? 1 : 2;
        }

        return file.Length;
    }
}
