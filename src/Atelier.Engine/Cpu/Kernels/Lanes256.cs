using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Atelier.Engine.Cpu.Amx;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Eight lanes: AVX2.</summary>
internal readonly unsafe struct Lanes256(Vector256<float> value) : ILanes<Lanes256>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    public static bool HasManyRegisters => false;

    public static Lanes256 Zero => new(Vector256<float>.Zero);

    private static Vector256<uint> LaneBits => Vector256.Create(1u, 2u, 4u, 8u, 16u, 32u, 64u, 128u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBFloat16(Lanes256 value, ushort* target)
    {
        Vector256<uint> bits = value._value.AsUInt32();
        Vector256<uint> rounded = bits + Vector256.Create(BFloat16.BelowHalf) + ((bits >>> 16) & Vector256<uint>.One);
        Vector256<uint> quiet = bits | Vector256.Create(BFloat16.Quiet);
        Vector256<uint> isNumber = Vector256.Equals(value._value, value._value).AsUInt32();
        Vector256<uint> upper = Vector256.ConditionalSelect(isNumber, rounded, quiet) >>> 16;
        Vector256.Narrow(upper, upper).GetLower().Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Add(Lanes256 left, Lanes256 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Subtract(Lanes256 left, Lanes256 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Multiply(Lanes256 left, Lanes256 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Divide(Lanes256 left, Lanes256 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sqrt(Lanes256 value) => new(Vector256.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend)
        => new(Vector256.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 left, Lanes256 right) => new(Vector256.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Min(Lanes256 left, Lanes256 right) => new(Vector256.MinNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GreaterBits(Lanes256 left, Lanes256 right)
        => (uint)Vector256.GreaterThan(left._value, right._value).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Keep(uint bits, Lanes256 value)
    {
        Vector256<uint> set = Vector256.Equals(Vector256.Create(bits) & LaneBits, LaneBits);
        return new Lanes256(value._value & set.AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 KeepPositive(Lanes256 condition, Lanes256 value)
        => new(Vector256.GreaterThan(condition._value, Vector256<float>.Zero) & value._value);

    public static double Sum(Lanes256 value)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += value._value[i];
        }

        return sum;
    }
}
