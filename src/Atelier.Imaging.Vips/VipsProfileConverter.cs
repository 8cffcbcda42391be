using NetVips;
using Space = NetVips.Enums.Interpretation;

namespace Atelier.Imaging.Vips;

/// <summary>Converts colors by profiles of tables with the Little CMS of libvips.</summary>
internal sealed class VipsProfileConverter : IProfileConverter
{
    /// <summary>Length of the rows into which pixels are divided, so that several threads can work on them.</summary>
    private const int RowLength = 1024;

    /// <inheritdoc/>
    public bool IsAvailable => Libvips.UnavailableReason is null;

    /// <inheritdoc/>
    public ushort[] ToSrgb(ushort[] pixels, int channels, ReadOnlyMemory<byte>? profile) => Libvips.Read("ICC", () =>
    {
        int count = pixels.Length / channels, width = count % RowLength == 0 ? RowLength : count;
        Space space = channels switch { 4 => Space.Cmyk, 3 => Space.Rgb16, _ => Space.Grey16 };
        using Image samples = Image.NewFromMemory<ushort>(
            pixels.AsMemory(), width, count / width, channels, Enums.BandFormat.Ushort);
        using Image colors = samples.Copy(interpretation: space);
        using Image described = profile is ReadOnlyMemory<byte> bytes
            ? colors.Mutate(fields => fields.Set(GValue.BlobType, VipsMetadata.ProfileField, bytes.ToArray()))
            : colors.Copy();

        // A profile that cannot be applied would be replaced by one of the library's own, and only a message say so.
        Libvips.TakeWarning();
        using Image converted = described.IccTransform(
            "srgb", embedded: profile is not null, inputProfile: "cmyk", intent: Enums.Intent.Relative,
            blackPointCompensation: true, depth: 16);
        return Libvips.TakeWarning() is string warning
            ? throw new ImageFormatException(warning, new VipsException(warning)) : converted.WriteToMemory<ushort>();
    });
}
