namespace Atelier.Imaging.Metadata;

/// <summary>An ICC profile divided into numbered parts, as stored in the APP2 segments of a JPEG (ICC.1, annex
/// B.4).</summary>
internal sealed class IccProfileChunks
{
    private const int MaxChunks = 255;

    /// <summary>Maximum bytes of the profile in one segment, next to its length, signature and two numbers.</summary>
    private static readonly int MaxChunkLength = ushort.MaxValue - sizeof(ushort) - Signature.Length - 2;

    private readonly byte[]?[] _chunks = new byte[]?[MaxChunks + 1];
    private int _count;
    private bool _isInconsistent;

    /// <summary>The signature at the start of each segment.</summary>
    internal static ReadOnlySpan<byte> Signature => "ICC_PROFILE\0"u8;

    /// <summary>Whether any part was added.</summary>
    internal bool Any { get; private set; }

    /// <summary>Adds a part. Parts may come in any order.</summary>
    /// <param name="segment">The contents of the segment after its signature: number from 1, count, bytes.</param>
    internal void Add(ReadOnlySpan<byte> segment)
    {
        Any = true;
        if (segment.Length < 2)
        {
            _isInconsistent = true;
            return;
        }

        (int number, int count) = (segment[0], segment[1]);
        _isInconsistent |= number == 0 || number > count || _chunks[number] is not null
            || (_count != 0 && count != _count);
        if (!_isInconsistent)
        {
            _count = count;
            _chunks[number] = segment[2..].ToArray();
        }
    }

    /// <summary>The profile; null if parts are missing, duplicated or contradictory.</summary>
    internal byte[]? Assemble()
    {
        ReadOnlySpan<byte[]?> chunks = _chunks.AsSpan(1, _count);
        return _isInconsistent || chunks.IsEmpty || chunks.Contains(null)
            ? null
            : [.. chunks.ToArray().SelectMany(chunk => chunk!)];
    }

    /// <summary>Divides a profile into segments, each with signature, number and count.</summary>
    /// <returns>The segments; none if the profile needs more than 255.</returns>
    internal static IEnumerable<byte[]> Split(ReadOnlyMemory<byte> profile)
    {
        int count = (profile.Length + MaxChunkLength - 1) / MaxChunkLength;
        for (int i = 0; count <= MaxChunks && i < count; i++)
        {
            int start = i * MaxChunkLength;
            ReadOnlyMemory<byte> part = profile.Slice(start, Math.Min(MaxChunkLength, profile.Length - start));
            yield return [.. Signature, (byte)(i + 1), (byte)count, .. part.Span];
        }
    }
}
