namespace Atelier.Imaging.Codecs.Jpeg;

internal static class JpegEncoder
{
    internal static void Encode(Picture picture, Stream output, EncodeOptions options) => throw new NotSupportedException();
}
