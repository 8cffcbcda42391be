using System.Buffers.Binary;
using System.Collections.Immutable;
using Atelier.Imaging.Codecs.Gif;
using Atelier.Imaging.Tests.Codecs.Png;
using Atelier.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Atelier.Imaging.Tests.Codecs;

/// <summary>Small files of every format, and what damage makes of them.</summary>
internal static class ArbitraryFiles
{
    private static readonly string[] Characters = ["a", "Z", " ", "\n", "\r", "\0", "ÿ", "\u00A0", "星", "🌉", "line "];

    /// <summary>A profile that is kept but changes no samples, or none.</summary>
    internal static Gen<byte[]?> Profiles => Gen.Elements<byte[]?>(null, TestProfiles.Srgb());

    /// <summary>Texts of any characters, short and long.</summary>
    internal static Gen<ImmutableDictionary<string, string>> Texts =>
        from count in Gen.Choose(0, 3)
        from texts in Gen.Elements(Characters).ListOf().Select(parts => string.Concat(parts)).ArrayOf(count)
        from repeats in Gen.Elements(1, 1, 300)
        select texts.Index().ToImmutableDictionary(
            each => $"Key {each.Index} é", each => string.Concat(Enumerable.Repeat(each.Item, repeats)));

    /// <summary>A whole file of any format.</summary>
    internal static Gen<byte[]> Whole => Gen.OneOf(Written, Gifs, Bitmaps);

    /// <summary>A whole file with bytes changed, cut off, left out or doubled, or bytes that never were a file.
    /// </summary>
    internal static Gen<byte[]> Damaged => Gen.OneOf(
        from file in Whole
        from count in Gen.Choose(1, 3)
        from changes in Change.ArrayOf(count)
        from isSealed in Gen.Elements(false, true)
        select Sealed(changes.Aggregate(file, (damaged, change) => change(damaged)), isSealed),
        from start in Gen.Elements<byte[]>(
            [], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8], [.. "BM"u8], [.. "P6 "u8],
            [.. "P1 "u8], [.. "GIF89a"u8])
        from bytes in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
        select (byte[])[.. start, .. bytes]);

    internal static byte[] Encode(Picture picture, string extension, EncodeOptions? options = null)
    {
        using MemoryStream stream = new();
        PictureFile.Save(picture, stream, extension, options);
        return stream.ToArray();
    }

    private static Gen<byte[]> Written =>
        from picture in PictureCase.Any
        from extension in Gen.Elements<string>([.. ImageFormats.WritableExtensions])
        from profile in Gen.Elements<byte[]?>(null, TestProfiles.Srgb(), TestProfiles.DisplayP3)
        from quality in Gen.Choose(1, 100)
        from isSubsampled in Gen.Elements(false, true)
        select Encode(
            picture.Create(profile).WithMetadata(TestMetadata.Full), extension,
            new EncodeOptions { Quality = quality, JpegSubsampling = isSubsampled });

    private static Gen<byte[]> Gifs =>
        from width in Gen.Choose(1, 40)
        from height in Gen.Choose(1, 40)
        from room in Gen.Choose(0, 3)
        from transparent in Gen.Elements<int?>(null, 1)
        from seed in Gen.Choose(0, 1_000_000)
        select TestGif.Build(width + room, height + room, new GifFrame(
            room / 2, room, width, height, TestGif.Palette,
            new Random(seed).GetItems<byte>([0, 1, 2, 3], width * height), transparent, GifDisposal.Keep, Delay: 5));

    private static Gen<byte[]> Bitmaps =>
        from width in Gen.Choose(1, 40)
        from height in Gen.Choose(1, 40)
        from bits in Gen.Elements(1, 4, 8, 16, 24, 32)
        from seed in Gen.Choose(0, 1_000_000)
        select Bitmap(width, height, bits, seed);

    private static Gen<Func<byte[], byte[]>> Change =>
        from kind in Gen.Choose(0, 3)
        from place in Gen.Choose(0, 1_000_000)
        from isEarly in Gen.Elements(false, true)
        from value in Gen.Elements(0, 1, 127, 128, 254, 255)
        from count in Gen.Choose(1, 20)
        select (Func<byte[], byte[]>)(file => Changed(
            file, kind, place % Math.Max(1, isEarly ? Math.Min(file.Length, 60) : file.Length), (byte)value, count));

    private static byte[] Changed(byte[] file, int kind, int place, byte value, int count)
    {
        int end = Math.Min(file.Length, place + count);
        return kind switch
        {
            _ when file.Length == 0 => file,
            0 => [.. file[..place], value, .. file[(place + 1)..]],
            1 => file[..place],
            2 => [.. file[..place], .. file[end..]],
            _ => [.. file[..end], .. file[place..]],
        };
    }

    /// <summary>The checksums of a PNG made right again, so that damage reaches what lies behind them.</summary>
    private static byte[] Sealed(byte[] file, bool isSealed)
    {
        if (isSealed && file.AsSpan().StartsWith((byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            TestPng.RepairChecksums(file);
        }

        return file;
    }

    private static byte[] Bitmap(int width, int height, int bits, int seed)
    {
        int colors = bits <= 8 ? 1 << bits : 0, rowLength = ((width * bits) + 31) / 32 * 4;
        byte[] header = new byte[54], rest = new byte[(4 * colors) + (rowLength * height)];
        new Random(seed).NextBytes(rest);
        "BM"u8.CopyTo(header);
        foreach ((int at, int value) in (ReadOnlySpan<(int, int)>)
            [(10, 54 + (4 * colors)), (14, 40), (18, width), (22, height), (26, 1 | (bits << 16)), (46, colors)])
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at), value);
        }

        return [.. header, .. rest];
    }
}
