using System.Runtime.Intrinsics;

namespace Atelier.Engine.Statistics;

/// <summary>A symmetric matrix A as Q·T·Qᵀ, with Q orthogonal and T tridiagonal: Householder's reduction (Golub and Van
/// Loan, Matrix Computations, section 8.3).</summary>
/// <remarks>The update of A by one reflection is deferred until A is multiplied by the vector of the next one, so that
/// A is read once instead of twice.</remarks>
internal sealed unsafe class Tridiagonalization
{
    // Reflections that are applied to a matrix together.
    private const int ReflectionsOfBlock = 16;

    // The square of a shorter row would lose digits to underflow, and the reflection with it.
    private const double MinNorm = 1e-140;

    private readonly int _n;
    private readonly PaddedMatrix _reflections;
    private readonly PaddedMatrix _change;
    private readonly PaddedMatrix _block;

    /// <summary>Room for matrices of n × n.</summary>
    internal Tridiagonalization(int n)
    {
        _n = n;
        _reflections = new PaddedMatrix(n, n);
        _change = new PaddedMatrix(2, n);
        _block = new PaddedMatrix(ReflectionsOfBlock, n);
        Diagonal = new double[n];
        OffDiagonal = new double[n];
    }

    /// <summary>The diagonal of T.</summary>
    internal double[] Diagonal { get; }

    /// <summary>What stands beside the diagonal of T, and a zero.</summary>
    internal double[] OffDiagonal { get; }

    /// <summary>Decomposes a symmetric matrix, which is overwritten. What lies below the diagonal blocks of eight
    /// columns is not looked at.</summary>
    internal void Reduce(PaddedMatrix matrix)
    {
        _change.Clear();
        for (int k = 0; k < _n - 1; k++)
        {
            // What is left of the last change for this row: the others get it on the way.
            double* row = matrix.Row(k), v = _reflections.Row(k);
            double* change = _change.Row(k % 2), product = _change.Row((k + 1) % 2);
            double* last = k == 0 ? v : _reflections.Row(k - 1);
            new Span<double>(v, _reflections.Step).Clear();
            for (int j = k; j < _n && k > 0; j++)
                row[j] -= (last[k] * change[j]) + (change[k] * last[j]);
            Diagonal[k] = row[k];
            OffDiagonal[k] = Reflection(row, k + 1, v);
            Multiply(matrix, k + 1, last, change, v, product);

            // A ← A − v·pᵀ − p·vᵀ with p = A·v − ½·(vᵀ·A·v)·v.
            double half = RowOperations.Dot(Vector(v), Vector(product)) / 2;
            RowOperations.AddScaled(Vector(v), -half, Vector(product));
        }

        double* final = matrix.Row(_n - 1);
        double before = _n > 1 ? _reflections.Row(_n - 2)[_n - 1] : 0;
        Diagonal[_n - 1] = final[_n - 1] - (2 * before * _change.Row((_n - 1) % 2)[_n - 1]);
        OffDiagonal[_n - 1] = 0;
        GC.KeepAlive(matrix);
        GC.KeepAlive(this);
    }

    /// <summary>target ← Qᵀ · target.</summary>
    internal void ApplyTransposed(PaddedMatrix target)
    {
        // Together the reflections of a block subtract Vᵀ·B, where the rows of V are their vectors; each row of B is
        // what its reflection finds in the target after those before it.
        int columns = PaddedMatrix.Padded(target.Columns), depth = PaddedMatrix.Padded(_n);
        for (int first = 0; first < _n - 1; first += ReflectionsOfBlock)
        {
            int rows = Math.Min(ReflectionsOfBlock, depth - first);
            _block.Clear();
            MatrixProduct found = new()
            {
                Rows = rows,
                Columns = columns,
                Depth = depth - first,
                Left = _reflections.Row(first) + first,
                LeftRowStep = _reflections.Step,
                LeftDepthStep = 1,
                Right = target.Row(first),
                RightStep = target.Step,
                Result = _block.Row(0),
                ResultStep = _block.Step,
            };
            found.Add();
            Eliminate(first, rows);
            MatrixProduct changed = new()
            {
                Rows = depth - first,
                Columns = columns,
                Depth = rows,
                Left = _reflections.Row(first) + first,
                LeftRowStep = 1,
                LeftDepthStep = _reflections.Step,
                Right = _block.Row(0),
                RightStep = _block.Step,
                Result = target.Row(first),
                ResultStep = target.Step,
            };
            changed.Add();
        }

        GC.KeepAlive(target);
        GC.KeepAlive(this);
    }

    /// <summary>Takes from each row of the block what the reflections before it changed, and turns signs.</summary>
    private void Eliminate(int first, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            Span<double> found = Vector(_block.Row(row));
            for (int before = 0; before < row; before++)
            {
                double overlap = RowOperations.Dot(
                    Vector(_reflections.Row(first + row)), Vector(_reflections.Row(first + before)));
                RowOperations.AddScaled(Vector(_block.Row(before)), overlap, found);
            }

            foreach (ref double value in found)
                value = -value;
        }
    }

    private Span<double> Vector(double* first) => new(first, PaddedMatrix.Padded(_n));

    private static void Multiply(PaddedMatrix matrix, int first, double* u, double* w, double* v, double* p)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            SymmetricUpdate<DoubleLanes512>.Multiply(matrix, first, u, w, v, p);
        }
        else
        {
            SymmetricUpdate<DoubleLanes>.Multiply(matrix, first, u, w, v, p);
        }
    }

    /// <summary>The v for which I − v·vᵀ takes row[first…] to (head, 0, …, 0). Returns head.</summary>
    private double Reflection(double* row, int first, double* v)
    {
        double square = 0;
        for (int j = first; j < _n; j++)
            square += row[j] * row[j];
        double norm = Math.Sqrt(square);
        if (norm < MinNorm)
        {
            return 0;
        }

        double head = row[first] > 0 ? -norm : norm;
        double scale = 1 / Math.Sqrt(square - (row[first] * head));
        for (int j = first; j < _n; j++)
            v[j] = scale * row[j];
        v[first] = scale * (row[first] - head);
        return head;
    }
}
