using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Atelier.Engine.Cpu.Amx;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Sixteen lanes: AVX-512.</summary>
internal readonly unsafe struct Lanes512(Vector512<float> value) : ILanes<Lanes512>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    public static bool HasManyRegisters => true;

    public static Lanes512 Zero => new(Vector512<float>.Zero);

    private static Vector512<uint> LaneBits => Vector512.Create(
        1u, 2u, 4u, 8u, 16u, 32u, 64u, 128u, 256u, 512u, 1024u, 2048u, 4096u, 8192u, 16384u, 32768u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBFloat16(Lanes512 value, ushort* target)
    {
        Vector512<uint> bits = value._value.AsUInt32();
        Vector512<uint> rounded = bits + Vector512.Create(BFloat16.BelowHalf) + ((bits >>> 16) & Vector512<uint>.One);
        Vector512<uint> quiet = bits | Vector512.Create(BFloat16.Quiet);
        Vector512<uint> isNumber = Vector512.Equals(value._value, value._value).AsUInt32();
        Vector512<uint> upper = Vector512.ConditionalSelect(isNumber, rounded, quiet) >>> 16;
        Vector512.Narrow(upper, upper).GetLower().Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Add(Lanes512 left, Lanes512 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Subtract(Lanes512 left, Lanes512 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Multiply(Lanes512 left, Lanes512 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Divide(Lanes512 left, Lanes512 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sqrt(Lanes512 value) => new(Vector512.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend)
        => new(Vector512.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 left, Lanes512 right) => new(Vector512.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Min(Lanes512 left, Lanes512 right) => new(Vector512.MinNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GreaterBits(Lanes512 left, Lanes512 right)
        => (uint)Vector512.GreaterThan(left._value, right._value).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Keep(uint bits, Lanes512 value)
    {
        Vector512<uint> set = Vector512.Equals(Vector512.Create(bits) & LaneBits, LaneBits);
        return new Lanes512(value._value & set.AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 KeepPositive(Lanes512 condition, Lanes512 value)
        => new(Vector512.GreaterThan(condition._value, Vector512<float>.Zero) & value._value);

    public static double Sum(Lanes512 value)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += value._value[i];
        }

        return sum;
    }
}
