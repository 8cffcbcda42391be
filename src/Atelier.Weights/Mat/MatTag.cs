namespace Atelier.Weights.Mat;

/// <summary>The tag before the data of an element. Up to four bytes of data may be in the tag itself.</summary>
/// <param name="Start">Start of the data.</param>
/// <param name="Next">Start of the next element; data is padded to a multiple of eight bytes.</param>
internal readonly record struct MatTag(MatElementType Type, long Length, long Start, long Next)
{
    internal const int Bytes = 8;

    /// <summary>Reads the tag of an element that must not extend beyond <paramref name="end"/>, up to its
    /// data.</summary>
    internal static MatTag Read(MatStream stream, long end)
    {
        const int MaxSmallBytes = 4;
        if (end - stream.Position < Bytes)
        {
            throw stream.Error("an element was expected where the array ends");
        }

        uint first = (uint)stream.Int32();
        if (first >> 16 != 0)
        {
            MatTag small = new(
                (MatElementType)(first & 0xFFFF), first >> 16, stream.Position, stream.Position + MaxSmallBytes);
            return small.Length <= MaxSmallBytes
                ? small
                : throw stream.Error(
                    $"at most {MaxSmallBytes} bytes were expected within a tag, found {small.Length}");
        }

        long length = (uint)stream.Int32();
        MatTag tag = new((MatElementType)first, length, stream.Position, stream.Position + ((length + 7) / 8 * 8));
        return tag.Next <= end
            ? tag
            : throw stream.Error($"an element of {length} bytes does not fit the {end - tag.Start} that are left");
    }
}
