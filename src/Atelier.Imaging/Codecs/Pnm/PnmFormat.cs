namespace Atelier.Imaging.Codecs.Pnm;

/// <summary>Portable anymap: reads PBM, PGM and PPM, in text or binary form, and writes binary PPM.</summary>
internal sealed class PnmFormat : IImageFormat
{
    private const int UsualHeaderLength = 1024;

    /// <inheritdoc/>
    public string Name => "PNM";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".ppm", ".pnm"];

    /// <inheritdoc/>
    public EncodeFeatures? Writes => EncodeFeatures.SixteenBits;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> start)
        => start.Length >= 3 && start[0] == 'P' && start[1] is >= (byte)'1' and <= (byte)'6'
            && (char.IsWhiteSpace((char)start[2]) || start[2] == '#');

    /// <inheritdoc/>
    public Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits) => PnmDecoder.Decode(file, limits);

    /// <inheritdoc/>
    public PictureInfo Identify(Stream file, DecodeLimits limits)
    {
        HeaderReader reader = new(file, Name);
        byte[] start = reader.TakeUpTo(UsualHeaderLength);
        if (!PnmHeader.IsWholeIn(start))
        {
            // Long comments.
            start = [.. start, .. reader.TakeRest()];
        }

        PnmHeader header = PnmHeader.Parse(start, limits, out _);
        return PictureInfo.Create(Name, header.Width, header.Height) with { BitDepth = header.BitDepth };
    }

    /// <summary>Writes a binary PPM at the depth of the picture. The format cannot store alpha, a profile or
    /// text.</summary>
    public void Encode(Picture picture, Stream output, EncodeOptions options)
    {
        int bits = picture.BitDepth > 8 ? 16 : 8;
        RowInterleaver rows = new(picture, channels: 3, bits);
        output.Write(System.Text.Encoding.ASCII.GetBytes($"P6\n{picture.Width} {picture.Height}\n{(1 << bits) - 1}\n"));
        byte[] row = new byte[rows.RowLength];
        for (int y = 0; y < picture.Height; y++)
        {
            rows.Write(y, row);
            output.Write(row);
        }
    }
}
