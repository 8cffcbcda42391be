using System.Buffers.Binary;

namespace Atelier.Imaging.Vips;

/// <summary>A field of a directory in the layout of TIFF, which EXIF has too.</summary>
/// <param name="Tag">What it says.</param>
/// <param name="Type">The type of its values, by the number of the file format.</param>
/// <param name="Value">Its values, little-endian; empty for a directory.</param>
/// <param name="Directory">The fields of the directory that it stands for; null for any other field.</param>
internal sealed record TiffField(
    ushort Tag, ushort Type, byte[] Value, IReadOnlyList<TiffField>? Directory = null);

/// <summary>The fields of a TIFF file, or of an EXIF block, that describe the picture and not how it is stored: author,
/// date, camera, exposure, position, IPTC.</summary>
internal static class TiffFields
{
    /// <summary>The records of IPTC-IIM.</summary>
    internal const ushort Iptc = 33723;

    private const ushort ExifDirectory = 34665, GpsDirectory = 34853, InteropDirectory = 40965, MakerNote = 37500;
    private const int MaxDepth = 3;

    /// <summary>Title, maker and model, program, date, author, host, rating, copyright, and the texts of
    /// Windows.</summary>
    private static readonly HashSet<ushort> Describing =
        [270, 271, 272, 305, 306, 315, 316, 18246, 18249, 33432, 40091, 40092, 40093, 40094, 40095, Iptc];

    /// <summary>Bytes of a value of each type; those of 8 bytes besides doubles are two numbers of 4.</summary>
    private static readonly int[] TypeLengths = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

    /// <summary>Reads the fields of a page. What is damaged is left out, and so are the notes of a camera's maker,
    /// which may contain places of the file that they came from.</summary>
    /// <param name="file">The file, or the EXIF block.</param>
    /// <param name="page">The page, from 1.</param>
    public static IReadOnlyList<TiffField> Read(ReadOnlySpan<byte> file, int page = 1)
    {
        if (!TiffDirectory.IsTiff(file)) return [];
        TiffReader reader = new(file);
        long directory = reader.FirstDirectory;
        for (; page > 1 && directory > 0; page--) directory = reader.NextDirectory(directory);

        // Directories may overlap, and would then fill the memory from a small file.
        long left = file.Length;
        return Read(ref reader, directory, depth: 1, ref left);
    }

    /// <summary>Returns the EXIF block of fields; null if there are none that it has.</summary>
    public static byte[]? ToExif(IReadOnlyList<TiffField> fields)
    {
        const int Start = 8;
        TiffField[] stored = [.. fields.Where(field => field.Tag != Iptc)];
        return stored.Length == 0 ? null : [.. "II*\0"u8, Start, 0, 0, 0, .. Layout(stored, [], Start)];
    }

    /// <summary>Writes a little-endian file of one page with more fields in its directory.</summary>
    /// <param name="file">The file; changed.</param>
    public static void Write(byte[] file, IReadOnlyList<TiffField> added, Stream output)
    {
        byte[] padding = new byte[file.Length & 1];
        int end = file.Length + padding.Length;
        byte[] tail = Layout(added, EntriesOf(file), end);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), (uint)end);
        output.Write(file);
        output.Write(padding);
        output.Write(tail);
    }

    private static List<TiffField> Read(ref TiffReader reader, long directory, int depth, ref long left)
    {
        List<TiffField> fields = [];
        int count = reader.CountAt(directory);
        for (int i = 0; i < count; i++)
        {
            (ushort tag, ushort type, ulong values, long place) = reader.EntryAt(directory, i);
            bool isDirectory = tag is ExifDirectory or GpsDirectory or InteropDirectory;
            if (tag == MakerNote || type >= TypeLengths.Length
                || (depth == 1 && !isDirectory && !Describing.Contains(tag)))
            {
                continue;
            }

            if (isDirectory)
            {
                List<TiffField> below = depth < MaxDepth
                    ? Read(ref reader, reader.OffsetAt(place), depth + 1, ref left)
                    : [];
                if (below.Count > 0) fields.Add(new TiffField(tag, 4, [], below));
                continue;
            }

            int length = TypeLengths[type];
            if (length > 0 && values > 0 && values <= (ulong)(left / length)
                && reader.ValueAt(place, type == 12 ? 8 : Math.Min(length, 4), length * (long)values) is byte[] value)
            {
                left -= value.Length;
                fields.Add(new TiffField(tag, type, value));
            }
        }

        return fields;
    }

    /// <summary>Returns a directory and what it refers to, as it stands at a place.</summary>
    /// <param name="others">Entries that refer to what is in the file already.</param>
    private static byte[] Layout(IReadOnlyList<TiffField> fields, IReadOnlyList<byte[]> others, int at)
    {
        HashSet<ushort> tags = [.. fields.Select(field => field.Tag)];
        List<byte[]> entries = [.. others.Where(entry => !tags.Contains(TagOf(entry)))];
        int values = at + 2 + ((entries.Count + tags.Count) * TiffReader.EntryLength) + 4;
        List<byte> data = [];
        foreach (TiffField field in fields.DistinctBy(field => field.Tag))
        {
            byte[] entry = new byte[TiffReader.EntryLength];
            BinaryPrimitives.WriteUInt16LittleEndian(entry, field.Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(2), field.Type);
            int count = field.Directory is null ? field.Value.Length / TypeLengths[field.Type] : 1;
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), count);
            byte[] value = field.Directory is null ? field.Value : Layout(field.Directory, [], values + data.Count);
            if (field.Directory is null && value.Length <= 4)
            {
                value.CopyTo(entry, 8);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(8), values + data.Count);
                data.AddRange(value);
                if (data.Count % 2 != 0) data.Add(0);
            }

            entries.Add(entry);
        }

        byte[] number = [(byte)entries.Count, (byte)(entries.Count >> 8)];
        return [.. number, .. entries.OrderBy(TagOf).SelectMany(entry => entry), 0, 0, 0, 0, .. data];
    }

    private static ushort TagOf(byte[] entry) => BinaryPrimitives.ReadUInt16LittleEndian(entry);

    private static List<byte[]> EntriesOf(byte[] file)
    {
        int at = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
        return [.. Enumerable.Range(0, count).Select(
            i => file.AsSpan(at + 2 + (i * TiffReader.EntryLength), TiffReader.EntryLength).ToArray())];
    }
}
