namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>A component's part in a scan.</summary>
internal sealed class ScanComponent(JpegComponent component, HuffmanTable? dc, HuffmanTable? ac)
{
    internal JpegComponent Component => component;

    /// <summary>Table of the DC differences; null in a scan without them.</summary>
    internal HuffmanTable Dc => dc!;

    /// <summary>Table of the AC runs; null in a scan without them.</summary>
    internal HuffmanTable Ac => ac!;

    /// <summary>The DC coefficient of the previous block, which predicts that of the next.</summary>
    internal int Predictor { get; set; }
}

/// <summary>The scan header (SOS): which components and which part of their coefficients follow.</summary>
internal sealed class JpegScan
{
    private const int MaxShift = 13;

    private JpegScan(ScanComponent[] components) => Components = components;

    internal ScanComponent[] Components { get; }

    /// <summary>First coefficient of the band, in zigzag order.</summary>
    internal int First { get; private init; }

    /// <summary>Last coefficient of the band.</summary>
    internal int Last { get; private init; }

    /// <summary>The lowest bit of the coefficients that the scan contains.</summary>
    internal int Shift { get; private init; }

    /// <summary>Whether the scan adds one bit to coefficients whose upper bits are in earlier scans.</summary>
    internal bool IsRefinement { get; private init; }

    /// <summary>Reads a scan header and binds the tables as currently defined.</summary>
    internal static JpegScan Read(ReadOnlySpan<byte> segment, JpegFrame frame, JpegTables tables, string place)
    {
        int count = segment.IsEmpty ? 0 : segment[0];
        if (count is < 1 or > 4 || segment.Length < 4 + (2 * count))
        {
            throw new ImageFormatException(
                $"{place}: a scan of {count} components in {segment.Length} bytes is not valid.");
        }

        ReadOnlySpan<byte> band = segment[(1 + (2 * count))..];
        (int first, int last, int high, int low) = (band[0], band[1], band[2] >> 4, band[2] & 15);
        if (!frame.IsProgressive)
        {
            // A sequential scan has only one meaning, whatever these fields say.
            (first, last, high, low) = (0, Block.Area - 1, 0, 0);
        }
        else if (last >= Block.Area || last < first || (first == 0) != (last == 0) || (first > 0 && count > 1)
            || low > MaxShift || (high != 0 && high != low + 1))
        {
            throw new ImageFormatException(
                $"{place}: coefficients {first}-{last}, bits {high}-{low} of {count} components " +
                "is not a valid progressive scan.");
        }

        bool needsDc = first == 0 && high == 0, needsAc = last > 0;
        ScanComponent[] components = new ScanComponent[count];
        for (int i = 0; i < count; i++)
        {
            (byte id, int dc, int ac) = (segment[1 + (2 * i)], segment[2 + (2 * i)] >> 4, segment[2 + (2 * i)] & 15);
            JpegComponent component = FindComponent(frame, id, components.AsSpan(0, i), place);
            component.Quantization ??= tables.Quantization(component.QuantizationIndex, place);
            components[i] = new ScanComponent(
                component, needsDc ? tables.Dc(dc, place) : null, needsAc ? tables.Ac(ac, place) : null);
        }

        return new JpegScan(components) { First = first, Last = last, Shift = low, IsRefinement = high != 0 };
    }

    /// <summary>Returns the component with an identifier. Some files give the same identifier to all components, which
    /// are then used in order.</summary>
    private static JpegComponent FindComponent(
        JpegFrame frame, byte id, ReadOnlySpan<ScanComponent> taken, string place)
    {
        foreach (JpegComponent component in frame.Components)
        {
            bool isTaken = false;
            foreach (ScanComponent other in taken)
            {
                isTaken |= other.Component == component;
            }

            if (component.Id == id && !isTaken)
            {
                return component;
            }
        }

        throw new ImageFormatException($"{place}: the frame has no component {id} for the scan.");
    }
}
