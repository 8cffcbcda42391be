using System.Buffers.Binary;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>The frame header (SOF): the size, kind and components of the picture.</summary>
internal sealed class JpegFrame
{
    /// <summary>Pictures up to this size are decoded however short the file is, so that truncated ones show what they
    /// contain; they need about 350 MB of memory.</summary>
    private const long AlwaysAcceptedPixels = 1 << 24;

    private JpegFrame(int width, int height, bool isProgressive, JpegComponent[] components)
    {
        (Width, Height, IsProgressive, Components) = (width, height, isProgressive, components);
        MaxHorizontal = components.Max(component => component.Horizontal);
        MaxVertical = components.Max(component => component.Vertical);
        McuColumns = JpegComponent.CeilingDivide(width, MaxHorizontal * Block.Size);
        McuRows = JpegComponent.CeilingDivide(height, MaxVertical * Block.Size);
        foreach (JpegComponent component in components)
        {
            component.Fit(this);
        }
    }

    internal int Width { get; }

    internal int Height { get; }

    internal bool IsProgressive { get; }

    internal JpegComponent[] Components { get; }

    internal int MaxHorizontal { get; }

    internal int MaxVertical { get; }

    /// <summary>Number of MCUs in a row of an interleaved scan.</summary>
    internal int McuColumns { get; }

    /// <summary>Number of rows of MCUs of an interleaved scan.</summary>
    internal int McuRows { get; }

    /// <summary>Reads a frame header.</summary>
    /// <param name="marker">The marker at its start.</param>
    /// <param name="segment">Its contents after the length.</param>
    /// <param name="place">Its name in error messages.</param>
    /// <param name="file">The whole file, for the height of a picture that states it only at its end.</param>
    /// <param name="limits">The sizes that are accepted.</param>
    internal static JpegFrame Read(
        byte marker, ReadOnlySpan<byte> segment, string place, ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        JpegFrame frame = ReadHeader(marker, segment, place, file, limits);
        frame.CheckPlausible(place, file.Length);
        return frame;
    }

    /// <summary>Reads a frame header, without checking whether the file can contain such a picture.</summary>
    internal static JpegFrame ReadHeader(
        byte marker, ReadOnlySpan<byte> segment, string place, ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        CheckKind(marker, segment, place);
        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        int count = segment[5];
        if (count is not (1 or 3 or 4) || segment.Length < 6 + (3 * count))
        {
            throw new ImageFormatException(
                $"{place}: {count} components in {segment.Length} bytes; " +
                "1, 3 or 4 components of 3 bytes each were expected.");
        }

        height = height == 0 ? FindLineCount(file) : height;
        limits.Check(place, width, height);
        JpegComponent[] components = new JpegComponent[count];
        for (int i = 0; i < count; i++)
        {
            components[i] = ReadComponent(segment.Slice(6 + (3 * i), 3), place);
        }

        return new JpegFrame(width, height, marker == JpegMarkers.Sof2, components);
    }

    /// <summary>Whether the height is stored after the pixels.</summary>
    internal static bool HasLateHeight(ReadOnlySpan<byte> segment)
        => segment.Length >= 3 && segment[1] == 0 && segment[2] == 0;

    internal void Allocate()
    {
        foreach (JpegComponent component in Components)
        {
            component.Allocate(IsProgressive);
        }
    }

    private static void CheckKind(byte marker, ReadOnlySpan<byte> segment, string place)
    {
        if (marker is not (JpegMarkers.Sof0 or JpegMarkers.Sof1 or JpegMarkers.Sof2))
        {
            string kind = marker switch
            {
                0xC3 => "lossless",
                0xC9 or 0xCA => "arithmetic-coded",
                0xCB => "lossless arithmetic-coded",
                _ => "hierarchical",
            };
            throw new ImageFormatException(
                $"{place}: {kind} JPEG is not supported; convert the picture to baseline or progressive JPEG, or PNG.");
        }

        if (segment.Length < 6)
        {
            throw new ImageFormatException($"{place}: {segment.Length} bytes are too short for a frame header.");
        }

        if (segment[0] != 8)
        {
            throw new ImageFormatException(
                $"{place}: {segment[0]}-bit JPEG is not supported, only 8-bit; convert the picture first.");
        }
    }

    private static JpegComponent ReadComponent(ReadOnlySpan<byte> entry, string place)
    {
        int horizontal = entry[1] >> 4, vertical = entry[1] & 15, table = entry[2];
        if (horizontal is < 1 or > 4 || vertical is < 1 or > 4 || table > 3)
        {
            throw new ImageFormatException(
                $"{place}: component {entry[0]} has sampling {horizontal} x {vertical} and quantization table " +
                $"{table}; 1-4 and 0-3 are valid.");
        }

        return new JpegComponent(entry[0], horizontal, vertical, table);
    }

    /// <summary>Returns the height from the DNL segment that follows the first scan of a picture with height 0; 0 if
    /// there is none.</summary>
    private static int FindLineCount(ReadOnlySpan<byte> file)
    {
        int position = file.IndexOf((ReadOnlySpan<byte>)[JpegMarkers.Prefix, JpegMarkers.Dnl, 0, 4]);
        return position < 0 || position + 6 > file.Length
            ? 0
            : BinaryPrimitives.ReadUInt16BigEndian(file[(position + 4)..]);
    }

    /// <summary>Rejects a large picture that the file cannot possibly contain, before memory is allocated for it. Every
    /// block takes at least a one-bit code for its DC coefficient and, unless progressive, another that ends the block;
    /// so no intact file is rejected.</summary>
    private void CheckPlausible(string place, int fileLength)
    {
        long bits = Components.Sum(component => (long)component.Blocks.Columns * component.Blocks.Rows)
            * (IsProgressive ? 1 : 2);
        if ((long)Width * Height > AlwaysAcceptedPixels && bits / 8 > fileLength)
        {
            throw new ImageFormatException(
                $"{place}: {Width} x {Height} pixels need {bits / 8} bytes or more, but the file has {fileLength}.");
        }

        if (Components.Max(component => (long)component.PaddedBlocks.Columns * component.PaddedBlocks.Rows)
            > Array.MaxLength / Block.Area)
        {
            throw new ImageFormatException($"{place}: {Width} x {Height} pixels exceed the maximum size of a picture.");
        }
    }
}
