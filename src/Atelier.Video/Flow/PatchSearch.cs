using System.Runtime.Intrinsics;
using Atelier.Engine.Cpu;

namespace Atelier.Video.Flow;

/// <summary>Finds the patches of a picture in another one and combines their displacements into a dense flow (Kroeger,
/// Timofte, Dai and Van Gool 2016, "Fast Optical Flow using Dense Inverse Search").</summary>
/// <remarks>Differs from the paper: each patch also tries the displacements that its neighbors found, and continues
/// from the best, because small, fast objects are lost in the coarse pictures.</remarks>
internal sealed class PatchSearch
{
    private static readonly (int Down, int Across)[] Neighbors = [(-1, 0), (0, -1), (0, 1), (1, 0)];

    private readonly PatchGrid _grid;
    private readonly Plane _weights;
    private readonly Displacement[] _found, _better;

    internal PatchSearch(int height, int width)
    {
        (_grid, _weights) = (new PatchGrid(height, width), new Plane(height, width));
        (_found, _better) = (new Displacement[_grid.Count], new Displacement[_grid.Count]);
    }

    /// <summary>Improves a flow.</summary>
    internal void Improve(IWorkers workers, LevelPicture from, Plane to, Plane flowX, Plane flowY)
    {
        workers.Run(_grid.Rows, row =>
        {
            for (int column = 0; column < _grid.Columns; column++)
                _found[(row * _grid.Columns) + column] = SearchFrom(from, to, row, column, flowX, flowY);
        });
        workers.Run(_grid.Rows, row =>
        {
            for (int column = 0; column < _grid.Columns; column++)
                _better[(row * _grid.Columns) + column] = SearchFromNeighbors(from, to, row, column);
        });
        workers.ForEachRow(_weights.Height, y => Blend(from.Gray, to, y, flowX, flowY));
    }

    private Displacement SearchFrom(LevelPicture from, Plane to, int row, int column, Plane flowX, Plane flowY)
    {
        (int left, int top) = (_grid.Left(column), _grid.Top(row));
        int x = Math.Min(left + (PatchGrid.Side / 2), _weights.Width - 1), y = top + (PatchGrid.Side / 2);
        return new Patch(from, to, left, top).Search(flowX.Inside(y)[x], flowY.Inside(y)[x]);
    }

    private Displacement SearchFromNeighbors(LevelPicture from, Plane to, int row, int column)
    {
        Patch patch = new(from, to, _grid.Left(column), _grid.Top(row));
        Displacement own = _found[(row * _grid.Columns) + column], best = own;
        foreach ((int down, int across) in Neighbors)
        {
            (int y, int x) = (row + down, column + across);
            if (y >= 0 && y < _grid.Rows && x >= 0 && x < _grid.Columns)
            {
                Displacement other = _found[(y * _grid.Columns) + x];
                float error = patch.Compare(other.X, other.Y).Error;
                best = error < best.Error ? other with { Error = error } : best;
            }
        }

        return best == own ? own : patch.Search(best.X, best.Y);
    }

    /// <summary>Computes a row of the flow: for each pixel, the mean of the displacements of all patches that contain
    /// it, weighted by how well the pixel matches (section 2.2 of the paper).</summary>
    private void Blend(Plane gray, Plane to, int y, Plane flowX, Plane flowY)
    {
        ref float sumX = ref flowX.Row(y), sumY = ref flowY.Row(y), weights = ref _weights.Row(y);
        flowX.Inside(y).Clear();
        flowY.Inside(y).Clear();
        _weights.Inside(y).Clear();
        for (int row = 0; row < _grid.Rows; row++)
        {
            int top = _grid.Top(row);
            if (y < top || y >= top + PatchGrid.Side)
            {
                continue;
            }

            for (int column = 0; column < _grid.Columns; column++)
            {
                nuint left = (nuint)_grid.Left(column);
                Displacement found = _better[(row * _grid.Columns) + column];
                DisplacedRows there = new(to, (int)left, top, found.X, found.Y);
                Vector256<float> pixels = there.Between(there.Across(y - top), there.Across(y - top + 1));
                Vector256<float> unlike = Vector256.Abs(pixels - Vector256.LoadUnsafe(ref gray.Row(y), left));
                Vector256<float> weight = Vector256<float>.One / Vector256.Max(unlike, Vector256<float>.One);
                Add(weight * found.X, ref sumX, left);
                Add(weight * found.Y, ref sumY, left);
                Add(weight, ref weights, left);
            }
        }

        for (int x = 0; x < _weights.Width; x++)
        {
            flowX.Inside(y)[x] /= _weights.Inside(y)[x];
            flowY.Inside(y)[x] /= _weights.Inside(y)[x];
        }

        flowX.ExtendRow(y);
        flowY.ExtendRow(y);
    }

    private static void Add(Vector256<float> values, ref float row, nuint x)
        => (Vector256.LoadUnsafe(ref row, x) + values).StoreUnsafe(ref row, x);
}
