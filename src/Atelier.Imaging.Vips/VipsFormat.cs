using Atelier.Imaging.Profiles;
using NetVips;

namespace Atelier.Imaging.Vips;

/// <summary>A format that libvips reads.</summary>
internal abstract class VipsFormat : IImageFormat
{
    /// <summary>A small file may declare a large picture if it is all of one color. Beyond this many pixels, it needs a
    /// byte for so many more: a block of the largest size that AVIF has.</summary>
    private const long FreePixels = 16_000_000, PixelsPerByte = 128 * 128;

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <inheritdoc/>
    public virtual EncodeFeatures? Writes => null;

    /// <inheritdoc/>
    public virtual int MaxSide => int.MaxValue;

    /// <inheritdoc/>
    public virtual long MaxBytes => long.MaxValue;

    /// <inheritdoc/>
    public abstract bool Recognizes(ReadOnlySpan<byte> start);

    /// <inheritdoc/>
    public Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits) => DecodePage(file, 1, limits);

    /// <inheritdoc/>
    public Picture DecodePage(ReadOnlySpan<byte> file, int page, DecodeLimits limits)
    {
        byte[] bytes = file.ToArray();
        return Libvips.Read(Name, () =>
        {
            using Image stored = Open(bytes, page, limits);
            VipsMetadata metadata = Describe(stored, bytes);
            metadata = metadata with { Blocks = Complete(metadata.Blocks, bytes, page) };
            using Image colors = VipsColors.ToKnownModel(stored, ref metadata);
            return metadata.Orientation.Apply(VipsPixels.Read(colors, metadata));
        });
    }

    /// <inheritdoc/>
    public PictureInfo Identify(Stream file, DecodeLimits limits)
    {
        // A directory may lie anywhere in the file.
        using MemoryStream bytes = new();
        file.CopyTo(bytes);
        return Libvips.Read(Name, () =>
        {
            byte[] whole = bytes.ToArray();
            using Image stored = Open(whole, 1, limits);
            return Describe(stored, whole).Describe(Name, stored) with { Pages = CountPages(stored) };
        });
    }

    /// <inheritdoc/>
    public virtual void Encode(Picture picture, Stream output, EncodeOptions options)
        => throw new NotSupportedException($"Writing {Name} files is not supported.");

    /// <summary>Reads the headers of a page; pixels are decoded when they are fetched, from top to bottom.</summary>
    /// <exception cref="ImageFormatException">The file is of a kind that is not supported.</exception>
    /// <exception cref="VipsException">The file is damaged.</exception>
    protected abstract Image Load(byte[] file, int page);

    /// <summary>Returns the metadata of a page with what libvips leaves out.</summary>
    protected virtual PictureMetadata Complete(PictureMetadata metadata, ReadOnlySpan<byte> file, int page) => metadata;

    /// <summary>Returns the number of pictures in the file of which each can be read by itself.</summary>
    protected virtual int CountPages(Image stored) => 1;

    /// <summary>Returns the color space that the file declares beside a profile; null for none.</summary>
    protected virtual CodePoints? ColorsOf(byte[] file, Action<string> warn) => null;

    private VipsMetadata Describe(Image stored, byte[] file)
    {
        List<string> warnings = [];
        CodePoints? declared = ColorsOf(file, warnings.Add);
        return VipsMetadata.Read(stored, declared, warnings);
    }

    private Image Open(byte[] file, int page, DecodeLimits limits)
    {
        Image stored = Load(file, 1);
        int pages = CountPages(stored);
        if (page != 1)
        {
            stored.Dispose();
            if (page < 1 || page > pages)
            {
                throw new ImageFormatException(
                    $"{Name}: there is no page {page}; the file has {(pages == 1 ? "one page" : $"{pages} pages")}.");
            }

            stored = Load(file, page);
        }

        RequireSize(Name, file.Length, stored.Width, stored.Height, limits);
        return stored;
    }

    /// <summary>Checks a size from the headers, before pixels are decoded.</summary>
    /// <exception cref="ImageFormatException">The picture is too large for the limits, or for its file.</exception>
    internal static void RequireSize(string format, long fileLength, int width, int height, DecodeLimits limits)
    {
        limits.Check(format, width, height);
        if ((long)width * height > FreePixels + (fileLength * PixelsPerByte))
        {
            throw new ImageFormatException(
                $"{format}: {fileLength} bytes cannot hold {width} x {height} pixels; the file is " +
                "damaged, or made to use up memory.");
        }
    }
}
