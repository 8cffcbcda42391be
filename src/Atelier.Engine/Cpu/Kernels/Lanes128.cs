using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using Atelier.Engine.Cpu.Amx;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Four lanes: SSE, or NEON, which has thirty-two registers.</summary>
internal readonly unsafe struct Lanes128(Vector128<float> value) : ILanes<Lanes128>
{
    private readonly Vector128<float> _value = value;

    public static int Count => 4;

    public static bool HasManyRegisters => AdvSimd.Arm64.IsSupported;

    public static Lanes128 Zero => new(Vector128<float>.Zero);

    private static Vector128<uint> LaneBits => Vector128.Create(1u, 2u, 4u, 8u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBFloat16(Lanes128 value, ushort* target)
    {
        Vector128<uint> bits = value._value.AsUInt32();
        Vector128<uint> rounded = bits + Vector128.Create(BFloat16.BelowHalf) + ((bits >>> 16) & Vector128<uint>.One);
        Vector128<uint> quiet = bits | Vector128.Create(BFloat16.Quiet);
        Vector128<uint> isNumber = Vector128.Equals(value._value, value._value).AsUInt32();
        Vector128<uint> upper = Vector128.ConditionalSelect(isNumber, rounded, quiet) >>> 16;
        Vector128.Narrow(upper, upper).GetLower().Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Add(Lanes128 left, Lanes128 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Subtract(Lanes128 left, Lanes128 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Multiply(Lanes128 left, Lanes128 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Divide(Lanes128 left, Lanes128 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Sqrt(Lanes128 value) => new(Vector128.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 left, Lanes128 right, Lanes128 addend)
        => new(Vector128.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Max(Lanes128 left, Lanes128 right) => new(Vector128.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Min(Lanes128 left, Lanes128 right) => new(Vector128.MinNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GreaterBits(Lanes128 left, Lanes128 right)
        => (uint)Vector128.GreaterThan(left._value, right._value).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Keep(uint bits, Lanes128 value)
    {
        Vector128<uint> set = Vector128.Equals(Vector128.Create(bits) & LaneBits, LaneBits);
        return new Lanes128(value._value & set.AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 KeepPositive(Lanes128 condition, Lanes128 value)
        => new(Vector128.GreaterThan(condition._value, Vector128<float>.Zero) & value._value);

    public static double Sum(Lanes128 value)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += value._value[i];
        }

        return sum;
    }
}
