using System.Runtime.CompilerServices;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>The three transforms of Winograd's minimal filtering F(4×4, 3×3): Y = Aᵀ·[(G·g·Gᵀ) ∘ (Bᵀ·d·B)]·A turns 144
/// multiplications of a 4×4 tile of outputs into 36 (Lavin and Gray 2016).</summary>
/// <remarks>Interpolation points 0, ±5/8, ±3/2 and infinity, which oneDNN uses: all entries of A and B are exact in
/// single precision, and the rounding error is a third of that of the points 0, ±1, ±2.</remarks>
internal static unsafe class WinogradTransforms<T> where T : struct, ILanes<T>
{
    /// <summary>Bᵀ·d for six vectors: target[i] = Σ Bᵀ[i, k]·source[k].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Input(float* source, nint sourceStep, float* target, nint targetStep)
    {
        T d0 = T.Load(source), d1 = T.Load(source + sourceStep);
        T d2 = T.Load(source + (2 * sourceStep)), d3 = T.Load(source + (3 * sourceStep));
        T d4 = T.Load(source + (4 * sourceStep)), d5 = T.Load(source + (5 * sourceStep));
        T outer = T.Broadcast(-2.25f), inner = T.Broadcast(-0.390625f);
        T small = T.Broadcast(0.625f), large = T.Broadcast(1.5f);
        T first = T.Broadcast(0.87890625f), middle = T.Broadcast(-2.640625f);
        T a = T.MultiplyAdd(outer, d2, d4), b = T.Multiply(small, T.MultiplyAdd(outer, d1, d3));
        T c = T.MultiplyAdd(inner, d2, d4), e = T.Multiply(large, T.MultiplyAdd(inner, d1, d3));
        T.Store(T.MultiplyAdd(first, d0, T.MultiplyAdd(middle, d2, d4)), target);
        T.Store(T.Add(a, b), target + targetStep);
        T.Store(T.Subtract(a, b), target + (2 * targetStep));
        T.Store(T.Add(c, e), target + (3 * targetStep));
        T.Store(T.Subtract(c, e), target + (4 * targetStep));
        T.Store(T.MultiplyAdd(first, d1, T.MultiplyAdd(middle, d3, d5)), target + (5 * targetStep));
    }

    /// <summary>Aᵀ·m for six vectors: target[i] = start + Σ Aᵀ[i, k]·source[k], four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Output(float* source, nint sourceStep, T start, float* target, nint targetStep)
    {
        T m0 = T.Load(source), m1 = T.Load(source + sourceStep);
        T m2 = T.Load(source + (2 * sourceStep)), m3 = T.Load(source + (3 * sourceStep));
        T m4 = T.Load(source + (4 * sourceStep)), m5 = T.Load(source + (5 * sourceStep));
        T a = T.Add(m1, m2), b = T.Subtract(m1, m2), c = T.Add(m3, m4), d = T.Subtract(m3, m4);
        T.Store(T.Add(T.Add(m0, start), T.Add(a, c)), target);
        T.Store(Combine(start, b, 0.625f, d, 1.5f), target + targetStep);
        T.Store(Combine(start, a, 0.390625f, c, 2.25f), target + (2 * targetStep));
        T.Store(Combine(T.Add(m5, start), b, 0.244140625f, d, 3.375f), target + (3 * targetStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Combine(T start, T x, float xFactor, T y, float yFactor)
        => T.MultiplyAdd(T.Broadcast(xFactor), x, T.MultiplyAdd(T.Broadcast(yFactor), y, start));
}
