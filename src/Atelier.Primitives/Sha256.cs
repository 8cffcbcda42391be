using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Atelier.Primitives;

/// <summary>SHA-256 (FIPS 180-4), of whole data or incrementally, without the system's cryptographic library, which not
/// every machine has. It identifies files and detects damage; it is not used for security.</summary>
/// <remarks>Not thread-safe. After it is finished, it can be used for the next hash.</remarks>
internal sealed class Sha256
{
    /// <summary>Length of a hash in bytes.</summary>
    internal const int HashBytes = 32;

    private const int BlockBytes = 64;
    private const int LengthBytes = sizeof(ulong);
    private const int Rounds = 64;
    private const int ChunkBytes = 1 << 16;

    private readonly uint[] _state = new uint[HashBytes / sizeof(uint)];
    private readonly byte[] _rest = new byte[BlockBytes];
    private ulong _length;

    internal Sha256() => Begin();

    // The first 32 bits of the fractional parts of the square roots of the first eight primes.
    private static ReadOnlySpan<uint> Start =>
    [
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
    ];

    // The same of the cube roots of the first sixty-four.
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    ];

    private int RestBytes => (int)(_length % BlockBytes);

    /// <summary>Returns the hash of some bytes as 64 lowercase hexadecimal digits.</summary>
    internal static string HexOf(ReadOnlySpan<byte> bytes)
    {
        Sha256 hash = new();
        hash.Append(bytes);
        return hash.FinishHex();
    }

    /// <summary>Returns the hash of a stream from its current position to its end, as 64 lowercase hexadecimal
    /// digits.</summary>
    /// <param name="cancel">Checked every 64 KB.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    internal static string HexOf(Stream stream, CancellationToken cancel = default)
    {
        Sha256 hash = new();
        byte[] chunk = new byte[ChunkBytes];
        for (int count; (count = stream.Read(chunk)) > 0; cancel.ThrowIfCancellationRequested())
            hash.Append(chunk.AsSpan(0, count));
        return hash.FinishHex();
    }

    /// <summary>Appends any number of bytes.</summary>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        int rest = RestBytes;
        _length += (ulong)bytes.Length;
        if (rest > 0)
        {
            int count = Math.Min(BlockBytes - rest, bytes.Length);
            bytes[..count].CopyTo(_rest.AsSpan(rest));
            if (rest + count < BlockBytes)
            {
                return;
            }

            Compress(_state, _rest);
            bytes = bytes[count..];
        }

        int whole = bytes.Length - (bytes.Length % BlockBytes);
        Compress(_state, bytes[..whole]);
        bytes[whole..].CopyTo(_rest);
    }

    /// <summary>Computes the hash of all appended bytes.</summary>
    /// <param name="hash">Receives the 32 bytes of the hash.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hash"/> is shorter.</exception>
    internal void Finish(Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hash.Length, HashBytes, nameof(hash));
        Pad();
        for (int i = 0; i < _state.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash[(sizeof(uint) * i)..], _state[i]);
        Begin();
    }

    /// <summary>Returns the hash of all appended bytes as 64 lowercase hexadecimal digits.</summary>
    internal string FinishHex()
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        Finish(hash);
        return Convert.ToHexStringLower(hash);
    }

    private void Begin()
    {
        Start.CopyTo(_state);
        _length = 0;
    }

    // A one bit, zeros, and the length in bits at the end of a block.
    private void Pad()
    {
        int rest = RestBytes;
        _rest[rest++] = 0x80;
        if (rest > BlockBytes - LengthBytes)
        {
            _rest.AsSpan(rest).Clear();
            Compress(_state, _rest);
            rest = 0;
        }

        _rest.AsSpan(rest).Clear();
        BinaryPrimitives.WriteUInt64BigEndian(_rest.AsSpan(BlockBytes - LengthBytes), _length * 8);
        Compress(_state, _rest);
    }

    // Whole blocks only. Eight rounds stand in a row, so that the words change places by their names, not by copies.
    private static void Compress(Span<uint> state, ReadOnlySpan<byte> blocks)
    {
        Span<uint> schedule = stackalloc uint[Rounds];
        for (; !blocks.IsEmpty; blocks = blocks[BlockBytes..])
        {
            Extend(blocks, schedule);
            (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
            (uint e, uint f, uint g, uint h) = (state[4], state[5], state[6], state[7]);
            for (int round = 0; round < Rounds; round += 8)
            {
                ReadOnlySpan<uint> w = schedule.Slice(round, 8);
                h += Choice(e, f, g) + w[0]; d += h; h += Majority(a, b, c);
                g += Choice(d, e, f) + w[1]; c += g; g += Majority(h, a, b);
                f += Choice(c, d, e) + w[2]; b += f; f += Majority(g, h, a);
                e += Choice(b, c, d) + w[3]; a += e; e += Majority(f, g, h);
                d += Choice(a, b, c) + w[4]; h += d; d += Majority(e, f, g);
                c += Choice(h, a, b) + w[5]; g += c; c += Majority(d, e, f);
                b += Choice(g, h, a) + w[6]; f += b; b += Majority(c, d, e);
                a += Choice(f, g, h) + w[7]; e += a; a += Majority(b, c, d);
            }

            (state[0], state[1], state[2], state[3]) = (state[0] + a, state[1] + b, state[2] + c, state[3] + d);
            (state[4], state[5], state[6], state[7]) = (state[4] + e, state[5] + f, state[6] + g, state[7] + h);
        }
    }

    // A block's sixteen words, forty-eight that follow from them, and to each the constant of its round.
    private static void Extend(ReadOnlySpan<byte> block, Span<uint> w)
    {
        for (int i = 0; i < BlockBytes / sizeof(uint); i++)
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(sizeof(uint) * i)..]);
        for (int i = BlockBytes / sizeof(uint); i < w.Length; i++)
        {
            (uint early, uint late) = (w[i - 15], w[i - 2]);
            w[i] = w[i - 16] + w[i - 7]
                + (BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3))
                + (BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10));
        }

        ReadOnlySpan<uint> constants = Constants;
        for (int i = 0; i < w.Length; i++)
            w[i] += constants[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Choice(uint e, uint f, uint g)
        => (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25))
            + (g ^ (e & (f ^ g)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Majority(uint a, uint b, uint c)
        => (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22))
            + ((a & b) | (c & (a | b)));
}
