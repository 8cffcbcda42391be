using System.Runtime.CompilerServices;
using Atelier.Engine.Cpu.Amx;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>One lane, for processors without vectors. Also the simplest form in which to read a kernel.</summary>
internal readonly unsafe struct LanesScalar(float value) : ILanes<LanesScalar>
{
    private readonly float _value = value;

    public static int Count => 1;

    public static bool HasManyRegisters => false;

    public static LanesScalar Zero => new(0f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Load(float* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(LanesScalar value, float* target) => *target = value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBFloat16(LanesScalar value, ushort* target) => *target = BFloat16.Round(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Broadcast(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Add(LanesScalar left, LanesScalar right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Subtract(LanesScalar left, LanesScalar right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Multiply(LanesScalar left, LanesScalar right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Divide(LanesScalar left, LanesScalar right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Sqrt(LanesScalar value) => new(MathF.Sqrt(value._value));

    // Emulating a fused multiply-add costs a hundred times a multiplication and an addition.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar MultiplyAdd(LanesScalar left, LanesScalar right, LanesScalar addend)
        => new((left._value * right._value) + addend._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Max(LanesScalar left, LanesScalar right)
        => new(left._value > right._value ? left._value : right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Min(LanesScalar left, LanesScalar right)
        => new(left._value < right._value ? left._value : right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GreaterBits(LanesScalar left, LanesScalar right) => left._value > right._value ? 1u : 0u;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Keep(uint bits, LanesScalar value) => (bits & 1) != 0 ? value : Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar KeepPositive(LanesScalar condition, LanesScalar value)
        => condition._value > 0f ? value : Zero;

    public static double Sum(LanesScalar value) => value._value;
}
