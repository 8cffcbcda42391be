using System.Buffers.Binary;

namespace Atelier.Damage;

/// <summary>Damages sound files, in the same way in every run.</summary>
internal sealed class Damages(IReadOnlyList<byte[]> seeds)
{
    /// <summary>What the structures of these formats are named; the bytes around a name say how long and how large
    /// something is, and where it lies.</summary>
    private static readonly string[] Names =
    [
        "RIFF", "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", "EXIF", "XMP ", "ftyp", "meta", "hdlr", "pitm",
        "iloc", "iinf", "infe", "iref", "iprp", "ipco", "ipma", "ispe", "pixi", "av1C", "colr", "auxC", "irot", "imir",
        "clap", "grid", "idat", "mdat", "dimg", "auxl", "moov", "trak", "stbl", "stsz", "stco",
    ];

    private static readonly uint[] Extremes =
    [
        0, 1, 2, 127, 255, 256, 32767, 65535, 65536, 1 << 24, int.MaxValue, 1u << 31, uint.MaxValue - 7, uint.MaxValue,
    ];

    /// <summary>Returns the damaged file of a number.</summary>
    public byte[] Create(int number)
    {
        // Numbers that follow each other would begin alike.
        Random random = new(unchecked((number * 7919) + 104729));
        byte[] file = [.. seeds[number % seeds.Count]];
        for (int changes = random.Next(1, 4); changes > 0 && file.Length > 16; changes--)
        {
            file = random.Next(10) switch
            {
                0 => file[..random.Next(file.Length)],
                1 => Splice(file, random),
                2 => Repeat(file, random),
                3 => Remove(file, random),
                4 or 5 => SetNumber(file, random.Next(file.Length - 8), random),
                6 => SetNumber(file, random.Next(Math.Min(file.Length - 8, 256)), random),
                7 or 8 => SetNumber(file, NearName(file, random), random),
                _ => Flip(file, random),
            };
        }

        return file;
    }

    private static byte[] Flip(byte[] file, Random random)
    {
        for (int bits = random.Next(1, 9); bits > 0; bits--)
            file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
        return file;
    }

    private static byte[] SetNumber(byte[] file, int at, Random random)
    {
        uint value = random.Next(3) == 0 ? (uint)random.NextInt64(1L << 32) : Extremes[random.Next(Extremes.Length)];
        Span<byte> place = file.AsSpan(at);
        switch (random.Next(5))
        {
            case 0: place[0] = (byte)value; break;
            case 1: BinaryPrimitives.WriteUInt16BigEndian(place, (ushort)value); break;
            case 2: BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)value); break;
            case 3: BinaryPrimitives.WriteUInt32BigEndian(place, value); break;
            default: BinaryPrimitives.WriteUInt32LittleEndian(place, value); break;
        }

        return file;
    }

    /// <summary>Returns a place in a structure: one that has a name, or the directory of a TIFF.</summary>
    private static int NearName(byte[] file, Random random)
    {
        List<int> places = [];
        foreach (string name in Names)
        {
            int at = file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(name));
            if (at >= 0) places.Add(at);
        }

        bool isLittle = file[0] == 'I';
        if (isLittle || file[0] == 'M')
        {
            uint directory = isLittle
                ? BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4))
                : BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(4));
            if (directory < file.Length) places.Add((int)directory + 2 + (12 * random.Next(16)));
        }

        int place = places.Count == 0 ? random.Next(file.Length) : places[random.Next(places.Count)];
        return Math.Clamp(place + random.Next(-4, 24), 0, file.Length - 8);
    }

    private byte[] Splice(byte[] file, Random random)
    {
        byte[] other = seeds[random.Next(seeds.Count)];
        int head = random.Next(file.Length), tail = random.Next(2) == 0 ? head : random.Next(other.Length);
        return [.. file[..head], .. other[Math.Min(tail, other.Length)..]];
    }

    private static byte[] Repeat(byte[] file, Random random)
    {
        (int start, int length) = Part(file, random);
        return [.. file[..(start + length)], .. file[start..]];
    }

    private static byte[] Remove(byte[] file, Random random)
    {
        (int start, int length) = Part(file, random);
        return [.. file[..start], .. file[(start + length)..]];
    }

    private static (int Start, int Length) Part(byte[] file, Random random)
    {
        int start = random.Next(file.Length);
        return (start, random.Next(Math.Min(random.Next(2) == 0 ? 64 : 4096, file.Length - start)));
    }
}
