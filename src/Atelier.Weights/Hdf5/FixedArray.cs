namespace Atelier.Weights.Hdf5;

/// <summary>The index of chunks that new files use for datasets of a fixed shape: one element for each chunk, in
/// pages if there are many.</summary>
internal static class FixedArray
{
    private const int MaxPageBits = 30;

    /// <summary>Returns an element for each chunk, in row-major order.</summary>
    internal static IEnumerable<Cursor> Elements(Hdf5File file, long address, bool isFiltered, long expected)
    {
        Cursor header = file.Checked(address, 12 + file.LengthWidth + file.AddressWidth, "fixed array");
        header.Signature("FAHD");
        header.Version(0);
        int client = header.Byte(), elementBytes = header.Byte(), pageBits = header.Byte();
        long count = header.Length(), block = header.Address();
        if (client != (isFiltered ? 1 : 0) || elementBytes < file.AddressWidth || pageBits > MaxPageBits
            || count != expected || count > file.Length)
        {
            throw header.Error($"{expected} chunks were expected; {count} of kind {client}, " +
                $"with elements of {elementBytes} bytes, are declared");
        }

        long pageLength = 1L << pageBits, pages = (count + pageLength - 1) / pageLength;
        int prefix = 6 + file.AddressWidth;
        if (pages <= 1)
        {
            Cursor elements = file.Checked(block, prefix + (count * elementBytes) + 4, "fixed array");
            Begin(elements, prefix);
            for (long i = 0; i < count; i++)
                yield return elements.Part(elementBytes, "element of a fixed array");
            yield break;
        }

        long bitmap = (pages + 7) / 8;
        Begin(file.Checked(block, prefix + bitmap + 4, "fixed array"), prefix);
        long page = block + prefix + bitmap + 4;
        for (long first = 0; first < count; first += pageLength)
        {
            // A page that was never written fails its checksum here, just as an unwritten chunk would be rejected
            // later.
            long length = Math.Min(pageLength, count - first);
            Cursor elements = file.Checked(page, (length * elementBytes) + 4, "page of a fixed array");
            page += (length * elementBytes) + 4;
            for (long i = 0; i < length; i++)
                yield return elements.Part(elementBytes, "element of a fixed array");
        }
    }

    private static void Begin(Cursor block, int prefix)
    {
        block.Signature("FADB");
        block.Version(0);
        block.Skip(prefix - 5);
    }
}
