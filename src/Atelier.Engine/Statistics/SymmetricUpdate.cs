using System.Runtime.CompilerServices;

namespace Atelier.Engine.Statistics;

/// <summary>The inner loop of a tridiagonalization: A ← A − u·wᵀ − w·uᵀ, and at once A·v, for the part of a symmetric
/// matrix that follows a row. Of each row only what lies from its diagonal block of eight columns on is kept.</summary>
internal static unsafe class SymmetricUpdate<T> where T : struct, IDoubleLanes<T>
{
    private const int RowsAtOnce = 4;

    /// <summary>p ← A·v after the update, for rows and columns from <paramref name="first"/> on.</summary>
    /// <param name="matrix">A, padded.</param>
    /// <param name="first">The first row that counts; v is zero before it.</param>
    /// <param name="u">Padded, as are the other vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(PaddedMatrix matrix, int first, double* u, double* w, double* v, double* p)
    {
        int end = PaddedMatrix.Padded(matrix.Columns);
        new Span<double>(p, end).Clear();
        for (int row = first / RowsAtOnce * RowsAtOnce; row < end; row += RowsAtOnce)
        {
            double* a0 = matrix.Row(row), a1 = matrix.Row(row + 1), a2 = matrix.Row(row + 2), a3 = matrix.Row(row + 3);
            T u0 = T.Broadcast(-u[row]), u1 = T.Broadcast(-u[row + 1]);
            T u2 = T.Broadcast(-u[row + 2]), u3 = T.Broadcast(-u[row + 3]);
            T w0 = T.Broadcast(-w[row]), w1 = T.Broadcast(-w[row + 1]);
            T w2 = T.Broadcast(-w[row + 2]), w3 = T.Broadcast(-w[row + 3]);
            T v0 = T.Broadcast(v[row]), v1 = T.Broadcast(v[row + 1]);
            T v2 = T.Broadcast(v[row + 2]), v3 = T.Broadcast(v[row + 3]);
            T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
            int block = row / PaddedMatrix.Unit * PaddedMatrix.Unit;
            for (int j = block; j < end; j += T.Count)
            {
                T uj = T.Load(u + j), wj = T.Load(w + j), vj = T.Load(v + j);
                T x0 = T.MultiplyAdd(u0, wj, T.MultiplyAdd(w0, uj, T.Load(a0 + j)));
                T x1 = T.MultiplyAdd(u1, wj, T.MultiplyAdd(w1, uj, T.Load(a1 + j)));
                T x2 = T.MultiplyAdd(u2, wj, T.MultiplyAdd(w2, uj, T.Load(a2 + j)));
                T x3 = T.MultiplyAdd(u3, wj, T.MultiplyAdd(w3, uj, T.Load(a3 + j)));
                T.Store(x0, a0 + j);
                T.Store(x1, a1 + j);
                T.Store(x2, a2 + j);
                T.Store(x3, a3 + j);
                (s0, s1) = (T.MultiplyAdd(x0, vj, s0), T.MultiplyAdd(x1, vj, s1));
                (s2, s3) = (T.MultiplyAdd(x2, vj, s2), T.MultiplyAdd(x3, vj, s3));
                if (j >= block + PaddedMatrix.Unit)
                {
                    // Right of its diagonal block a row stands for a column too.
                    T below = T.MultiplyAdd(x0, v0, T.Multiply(x1, v1));
                    below = T.Add(below, T.MultiplyAdd(x2, v2, T.MultiplyAdd(x3, v3, T.Load(p + j))));
                    T.Store(below, p + j);
                }
            }

            p[row] += T.Sum(s0);
            p[row + 1] += T.Sum(s1);
            p[row + 2] += T.Sum(s2);
            p[row + 3] += T.Sum(s3);
        }

        // Rows before the first were only there to fill the tile.
        new Span<double>(p, first).Clear();
    }
}
