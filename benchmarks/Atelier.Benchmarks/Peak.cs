using System.Runtime.CompilerServices;
using Atelier.Engine.Cpu;
using Atelier.Engine.Cpu.Kernels;

namespace Atelier.Benchmarks;

/// <summary>The most single-precision multiply-adds that the processor does: sixteen independent chains in registers.
/// To be run in turn with what is compared to it.</summary>
internal sealed unsafe class Peak(int threads) : IDisposable
{
    private const int Parts = 8;
    private const int Repetitions = 4_000_000;

    /// <summary>Floating-point operations of one <see cref="Run"/>.</summary>
    internal static double Operations { get; } =
        2.0 * 16 * Math.Max(1, EngineInfo.Current.VectorBits / 32) * Repetitions * Parts;

    private readonly WorkerPool _pool = new(threads);

    internal void Run()
    {
        switch (EngineInfo.Current.VectorBits)
        {
            case 512: Run<Lanes512>(); break;
            case 256: Run<Lanes256>(); break;
            case 128: Run<Lanes128>(); break;
            default: Run<LanesScalar>(); break;
        }
    }

    public void Dispose() => _pool.Dispose();

    private void Run<T>() where T : struct, ILanes<T>
    {
        PeakJob<T> job = default;
        _pool.Run(Parts, ref job);
    }

    private struct PeakJob<T> : IParallelJob where T : struct, ILanes<T>
    {
        private static float _sink;

        public readonly void Execute(int index)
        {
            float* room = stackalloc float[16];
            T.Store(Chains(index), room);
            _sink = room[0];
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static T Chains(int index)
        {
            T x = T.Broadcast(0.999f + (index * 1e-6f)), y = T.Broadcast(1e-3f);
            T a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x;
            T i = x, j = x, k = x, l = x, m = x, n = x, o = x, p = x;
            for (int repetition = 0; repetition < Repetitions; repetition++)
            {
                a = T.MultiplyAdd(a, x, y); b = T.MultiplyAdd(b, x, y);
                c = T.MultiplyAdd(c, x, y); d = T.MultiplyAdd(d, x, y);
                e = T.MultiplyAdd(e, x, y); f = T.MultiplyAdd(f, x, y);
                g = T.MultiplyAdd(g, x, y); h = T.MultiplyAdd(h, x, y);
                i = T.MultiplyAdd(i, x, y); j = T.MultiplyAdd(j, x, y);
                k = T.MultiplyAdd(k, x, y); l = T.MultiplyAdd(l, x, y);
                m = T.MultiplyAdd(m, x, y); n = T.MultiplyAdd(n, x, y);
                o = T.MultiplyAdd(o, x, y); p = T.MultiplyAdd(p, x, y);
            }

            T left = T.Add(T.Add(T.Add(a, b), T.Add(c, d)), T.Add(T.Add(e, f), T.Add(g, h)));
            T right = T.Add(T.Add(T.Add(i, j), T.Add(k, l)), T.Add(T.Add(m, n), T.Add(o, p)));
            return T.Add(left, right);
        }
    }
}
