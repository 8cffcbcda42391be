using System.Buffers.Binary;
using Atelier.Imaging.Profiles;
using NetVips;

namespace Atelier.Imaging.Vips;

/// <summary>Reads AVIF of 8, 10 and 12 bits. Rotations of the file are applied by the decoder.</summary>
internal sealed class AvifFormat : VipsFormat
{
    /// <inheritdoc/>
    public override string Name => "AVIF";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".avif"];

    /// <summary>Whether a file in boxes (ISO/IEC 14496-12) lists a brand of AVIF.</summary>
    public override bool Recognizes(ReadOnlySpan<byte> start)
    {
        if (start.Length < 16 || !start[4..].StartsWith("ftyp"u8)) return false;
        int length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(start), (uint)start.Length);
        for (int offset = 8; offset + 4 <= length; offset += 4)
        {
            // The word after the main brand is its version.
            ReadOnlySpan<byte> brand = start.Slice(offset, 4);
            if (offset != 12 && (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))) return true;
        }

        return false;
    }

    /// <inheritdoc/>
    protected override CodePoints? ColorsOf(byte[] file, Action<string> warn) => AvifColors.Find(file, warn);

    /// <inheritdoc/>
    protected override Image Load(byte[] file, int page)
    {
        Image image = Image.HeifloadBuffer(file, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
        if (image.Contains("heif-compression") && image.Get("heif-compression") is string codec && codec != "av1")
        {
            image.Dispose();
            throw new ImageFormatException($"AVIF: the picture is compressed with {codec}, which is not supported.");
        }

        return image;
    }
}
