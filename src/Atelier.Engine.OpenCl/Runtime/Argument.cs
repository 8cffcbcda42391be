using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Atelier.Engine.OpenCl.Runtime;

/// <summary>Four 32-bit integers, as OpenCL's <c>int4</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Int4(int X, int Y, int Z, int W);

/// <summary>An argument of a kernel: memory, a number, or four.</summary>
internal readonly struct Argument
{
    private Argument(nint handle, Int4 bits, int bytes) => (Handle, Bits, Bytes) = (handle, bits, bytes);

    /// <summary>The memory; 0 for numbers, and for memory that is not given.</summary>
    internal nint Handle { get; }

    /// <summary>The numbers.</summary>
    internal Int4 Bits { get; }

    /// <summary>Bytes of the numbers; 0 for memory.</summary>
    internal int Bytes { get; }

    /// <summary>Memory; null for none, which the kernel must not touch.</summary>
    public static implicit operator Argument(DeviceBuffer? buffer) => new(buffer?.Handle ?? 0, default, 0);

    public static implicit operator Argument(int value) => new(0, new Int4(value, 0, 0, 0), sizeof(int));

    public static implicit operator Argument(float value)
        => new(0, new Int4(BitConverter.SingleToInt32Bits(value), 0, 0, 0), sizeof(float));

    public static implicit operator Argument(long value)
        => new(0, new Int4((int)value, (int)(value >> 32), 0, 0), sizeof(long));

    public static implicit operator Argument(bool value) => value ? 1 : 0;

    public static implicit operator Argument(Vector4 value) => Unsafe.BitCast<Vector4, Int4>(value);

    public static implicit operator Argument(Int4 value) => new(0, value, 4 * sizeof(int));
}
