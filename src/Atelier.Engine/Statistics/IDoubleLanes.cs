using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Atelier.Engine.Statistics;

/// <summary>A register of float64 lanes. Every count divides eight, the unit to which matrices are padded, so the
/// kernels over it have no remainders.</summary>
internal unsafe interface IDoubleLanes<T> where T : struct, IDoubleLanes<T>
{
    /// <summary>Lanes of a register.</summary>
    static abstract int Count { get; }

    static abstract T Zero { get; }

    static abstract T Load(double* source);

    static abstract void Store(T value, double* target);

    /// <summary>The same value in each lane.</summary>
    static abstract T Broadcast(double value);

    static abstract T Add(T left, T right);

    static abstract T Multiply(T left, T right);

    /// <summary>left × right + addend, rounded once where the processor can.</summary>
    static abstract T MultiplyAdd(T left, T right, T addend);

    static abstract double Sum(T value);
}

/// <summary>Eight lanes: AVX-512, which <see cref="Vector{T}"/> leaves unused.</summary>
internal readonly unsafe struct DoubleLanes512(Vector512<double> value) : IDoubleLanes<DoubleLanes512>
{
    private readonly Vector512<double> _value = value;

    public static int Count => 8;

    public static DoubleLanes512 Zero => new(Vector512<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Load(double* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes512 value, double* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Broadcast(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Add(DoubleLanes512 left, DoubleLanes512 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Multiply(DoubleLanes512 left, DoubleLanes512 right)
        => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 MultiplyAdd(DoubleLanes512 left, DoubleLanes512 right, DoubleLanes512 addend)
        => new(Vector512.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(DoubleLanes512 value) => Vector512.Sum(value._value);
}

/// <summary>As many lanes as <see cref="Vector{T}"/> has.</summary>
internal readonly unsafe struct DoubleLanes(Vector<double> value) : IDoubleLanes<DoubleLanes>
{
    private readonly Vector<double> _value = value;

    public static int Count => Vector<double>.Count;

    public static DoubleLanes Zero => new(Vector<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes Load(double* source) => new(Vector.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes value, double* target) => Vector.Store(value._value, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes Broadcast(double value) => new(new Vector<double>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes Add(DoubleLanes left, DoubleLanes right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes Multiply(DoubleLanes left, DoubleLanes right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes MultiplyAdd(DoubleLanes left, DoubleLanes right, DoubleLanes addend)
        => new(Vector.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(DoubleLanes value) => Vector.Sum(value._value);
}
