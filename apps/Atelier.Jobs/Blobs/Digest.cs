using System.Buffers;
using Atelier.Primitives;

namespace Atelier.Jobs.Blobs;

/// <summary>SHA-256 of bytes while they are copied.</summary>
internal static class Digest
{
    private const int BufferSize = 1 << 20;

    /// <summary>Copies all bytes, and returns their SHA-256 in the form of a key.</summary>
    internal static async Task<string> CopyAsync(Stream source, Stream target, CancellationToken cancel)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            Sha256 hash = new();
            for (int length; (length = await source.ReadAsync(buffer, cancel)) > 0;)
            {
                hash.Append(buffer.AsSpan(0, length));
                await target.WriteAsync(buffer.AsMemory(0, length), cancel);
            }

            return hash.FinishHex();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Throws if bytes are not those of their key.</summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    internal static void Require(BlobKey key, string digest)
    {
        if (digest != key.Sha256)
        {
            throw new InvalidDataException($"The blob '{key}' is damaged: its SHA-256 is {digest}.");
        }
    }
}
