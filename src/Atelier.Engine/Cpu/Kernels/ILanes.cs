namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A register of float32 lanes. Each kernel is written once in terms of this interface and compiled for every
/// width: sixteen lanes (AVX-512), eight (AVX2), four (SSE, NEON) or one. All of these divide sixteen, to a multiple of
/// which channels and tensors are padded, so kernels have no remainders.</summary>
internal unsafe interface ILanes<T> where T : struct, ILanes<T>
{
    /// <summary>Number of lanes in a register.</summary>
    static abstract int Count { get; }

    /// <summary>Whether there are thirty-two registers instead of sixteen, which determines the shape of the register
    /// tiles.</summary>
    static abstract bool HasManyRegisters { get; }

    static abstract T Zero { get; }

    static abstract T Load(float* source);

    static abstract void Store(T value, float* target);

    /// <summary>Stores each lane as the nearest bfloat16.</summary>
    static abstract void StoreBFloat16(T value, ushort* target);

    /// <summary>Returns the same value in each lane.</summary>
    static abstract T Broadcast(float value);

    static abstract T Add(T left, T right);

    static abstract T Subtract(T left, T right);

    static abstract T Multiply(T left, T right);

    static abstract T Divide(T left, T right);

    static abstract T Sqrt(T value);

    /// <summary>Returns left × right + addend, rounded only once if the processor supports it.</summary>
    static abstract T MultiplyAdd(T left, T right, T addend);

    /// <summary>Returns the larger value of each lane; <paramref name="right"/> if one is NaN.</summary>
    static abstract T Max(T left, T right);

    /// <summary>Returns the smaller value of each lane; <paramref name="right"/> if one is NaN.</summary>
    static abstract T Min(T left, T right);

    /// <summary>Returns a bit for each lane, set if left &gt; right, with the first lane in the lowest bit.</summary>
    static abstract uint GreaterBits(T left, T right);

    /// <summary>The value in the lanes whose bit is set, zero in the others.</summary>
    static abstract T Keep(uint bits, T value);

    /// <summary>The value in the lanes where <paramref name="condition"/> &gt; 0, zero in the others.</summary>
    static abstract T KeepPositive(T condition, T value);

    /// <summary>The sum of the lanes in double precision.</summary>
    static abstract double Sum(T value);
}
