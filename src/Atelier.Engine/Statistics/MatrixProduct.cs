using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Atelier.Engine.Statistics;

/// <summary>result += left · right in double precision, of matrices or of parts of them. All counts are multiples of
/// <see cref="PaddedMatrix.Unit"/>.</summary>
internal unsafe struct MatrixProduct
{
    /// <summary>Rows of left and result.</summary>
    internal int Rows;

    /// <summary>Columns of right and result.</summary>
    internal int Columns;

    /// <summary>Columns of left, rows of right.</summary>
    internal int Depth;

    internal double* Left;

    /// <summary>Numbers from one row of left to the next: 1 reads a matrix as its transpose.</summary>
    internal nint LeftRowStep;

    /// <summary>Numbers from one column of left to the next.</summary>
    internal nint LeftDepthStep;

    internal double* Right;

    internal nint RightStep;

    internal double* Result;

    internal nint ResultStep;

    /// <summary>Left has zeros below its diagonal, which need not be multiplied.</summary>
    internal bool LeftIsUpper;

    /// <summary>Right has zeros above its diagonal, which need not be multiplied.</summary>
    internal bool RightIsLower;

    /// <summary>The result is symmetric: what lies below its diagonal blocks of eight columns may be left as it is.
    /// </summary>
    internal bool UpperOnly;

    // Addresses alone keep no matrix alive, and a caller may have no other use for it.
    private PaddedMatrix? _left;
    private PaddedMatrix? _right;
    private PaddedMatrix? _result;

    /// <summary>The product of whole matrices.</summary>
    internal static MatrixProduct Create(PaddedMatrix left, PaddedMatrix right, PaddedMatrix result) => new()
    {
        Rows = PaddedMatrix.Padded(left.Rows),
        Columns = PaddedMatrix.Padded(right.Columns),
        Depth = PaddedMatrix.Padded(right.Rows),
        Left = left.Row(0),
        LeftRowStep = left.Step,
        LeftDepthStep = 1,
        Right = right.Row(0),
        RightStep = right.Step,
        Result = result.Row(0),
        ResultStep = result.Step,
        _left = left,
        _right = right,
        _result = result,
    };

    /// <summary>Performs the product. Who gave only addresses keeps the matrices alive.</summary>
    internal readonly void Add()
    {
        if (Vector512.IsHardwareAccelerated)
        {
            MatrixProductKernel<DoubleLanes512>.Add(this);
        }
        else
        {
            MatrixProductKernel<DoubleLanes>.Add(this);
        }

        GC.KeepAlive(_left);
        GC.KeepAlive(_right);
        GC.KeepAlive(_result);
    }
}

/// <summary>Products from tiles whose sums stay in registers.</summary>
internal static unsafe class MatrixProductKernel<T> where T : struct, IDoubleLanes<T>
{
    // A tile's columns of the right matrix stay in the first cache while the rows of the left one pass by.
    private const int DepthOfBlock = 128;
    private const int RowsOfTile = 4;

    internal static void Add(in MatrixProduct product)
    {
        for (int depth = 0; depth < product.Depth; depth += DepthOfBlock)
        {
            int end = Math.Min(depth + DepthOfBlock, product.Depth);
            for (int column = 0, vectors; column < product.Columns; column += vectors * T.Count)
            {
                vectors = Math.Min(2, (product.Columns - column) / T.Count);
                AddColumns(product, depth, end, column, vectors);
            }
        }
    }

    private static void AddColumns(in MatrixProduct product, int depth, int endDepth, int column, int vectors)
    {
        int endRow = product.UpperOnly
            ? Math.Min(PaddedMatrix.Padded(column + (vectors * T.Count)), product.Rows)
            : product.Rows;
        for (int row = 0; row < endRow; row += RowsOfTile)
        {
            int first = Math.Max(depth, Math.Max(product.LeftIsUpper ? row : 0, product.RightIsLower ? column : 0));
            if (first >= endDepth)
            {
                continue;
            }

            double* left = product.Left + (row * product.LeftRowStep) + (first * product.LeftDepthStep);
            double* right = product.Right + (first * product.RightStep) + column;
            double* result = product.Result + (row * product.ResultStep) + column;
            if (vectors == 2)
            {
                AddTileOfTwo(product, endDepth - first, left, right, result);
            }
            else
            {
                AddTileOfOne(product, endDepth - first, left, right, result);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTileOfTwo(in MatrixProduct product, int depth, double* left, double* right, double* result)
    {
        nint rowStep = product.LeftRowStep, depthStep = product.LeftDepthStep, rightStep = product.RightStep;
        double* c0 = result, c1 = c0 + product.ResultStep, c2 = c1 + product.ResultStep, c3 = c2 + product.ResultStep;
        T s00 = T.Load(c0), s01 = T.Load(c0 + T.Count), s10 = T.Load(c1), s11 = T.Load(c1 + T.Count);
        T s20 = T.Load(c2), s21 = T.Load(c2 + T.Count), s30 = T.Load(c3), s31 = T.Load(c3 + T.Count);
        for (int k = 0; k < depth; k++, left += depthStep, right += rightStep)
        {
            T b0 = T.Load(right), b1 = T.Load(right + T.Count);
            T a = T.Broadcast(left[0]);
            (s00, s01) = (T.MultiplyAdd(a, b0, s00), T.MultiplyAdd(a, b1, s01));
            a = T.Broadcast(left[rowStep]);
            (s10, s11) = (T.MultiplyAdd(a, b0, s10), T.MultiplyAdd(a, b1, s11));
            a = T.Broadcast(left[2 * rowStep]);
            (s20, s21) = (T.MultiplyAdd(a, b0, s20), T.MultiplyAdd(a, b1, s21));
            a = T.Broadcast(left[3 * rowStep]);
            (s30, s31) = (T.MultiplyAdd(a, b0, s30), T.MultiplyAdd(a, b1, s31));
        }

        T.Store(s00, c0);
        T.Store(s01, c0 + T.Count);
        T.Store(s10, c1);
        T.Store(s11, c1 + T.Count);
        T.Store(s20, c2);
        T.Store(s21, c2 + T.Count);
        T.Store(s30, c3);
        T.Store(s31, c3 + T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTileOfOne(in MatrixProduct product, int depth, double* left, double* right, double* result)
    {
        nint rowStep = product.LeftRowStep, depthStep = product.LeftDepthStep, rightStep = product.RightStep;
        double* c0 = result, c1 = c0 + product.ResultStep, c2 = c1 + product.ResultStep, c3 = c2 + product.ResultStep;
        T s0 = T.Load(c0), s1 = T.Load(c1), s2 = T.Load(c2), s3 = T.Load(c3);
        for (int k = 0; k < depth; k++, left += depthStep, right += rightStep)
        {
            T b = T.Load(right);
            s0 = T.MultiplyAdd(T.Broadcast(left[0]), b, s0);
            s1 = T.MultiplyAdd(T.Broadcast(left[rowStep]), b, s1);
            s2 = T.MultiplyAdd(T.Broadcast(left[2 * rowStep]), b, s2);
            s3 = T.MultiplyAdd(T.Broadcast(left[3 * rowStep]), b, s3);
        }

        T.Store(s0, c0);
        T.Store(s1, c1);
        T.Store(s2, c2);
        T.Store(s3, c3);
    }
}
