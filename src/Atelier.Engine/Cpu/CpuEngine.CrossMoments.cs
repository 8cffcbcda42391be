using Atelier.Engine.Cpu.Kernels;

namespace Atelier.Engine.Cpu;

internal sealed unsafe partial class CpuEngine<T>
{
    // Values of both maps that are on the common grid at a time: enough to share out, few enough to stay cached.
    private const int ValuesOfSlab = 1 << 20;

    private readonly Scratch _regridded = new();

    public void AddCrossMoments(
        FeatureMap deeper, FeatureMap shallower, float shift, double[] products, WeightPlane? weights = null)
    {
        float* weight = WeightsOf(shallower, weights);
        Shape grid = deeper.Shape;
        int left = deeper.PixelStride, right = shallower.PixelStride;
        int rowsOfChunk = CrossMomentsJob<T>.RowsOfChunkFor(grid.Width);
        foreach (Rows slab in Slabs(Rows.Of(deeper), grid.Width, left + right))
        {
            long leftFloats = FloatsOf(slab, grid, left), rightFloats = FloatsOf(slab, grid, right);
            float* memory = (float*)_regridded.Bytes((leftFloats + rightFloats) * sizeof(float));
            int chunks = (slab.Count + rowsOfChunk - 1) / rowsOfChunk;
            float* partials = (float*)_scratch.Bytes(chunks * (long)left * right * sizeof(float));
            CrossMomentsJob<T> job = new()
            {
                Left = Regrid(deeper, grid, slab, shift, null, memory),
                Right = Regrid(shallower, grid, slab, shift, weight, memory + leftFloats),
                Rows = slab,
                RowsOfChunk = rowsOfChunk,
                Partials = partials,
                Zeros = (float*)_zeros.Address,
            };
            pool.Run(chunks * CrossMomentsJob<T>.GroupsFor(right), ref job);
            fixed (double* sums = products)
            {
                CrossMomentsReductionJob reduction = new()
                {
                    Partials = partials,
                    Chunks = chunks,
                    Padded = (left, right),
                    Columns = shallower.Shape.Channels,
                    Sums = sums,
                };
                pool.Run(grid.Channels, ref reduction);
            }
        }
    }

    public void AddCrossMomentsGradient(
        FeatureMap map, FeatureMap other, float shift, double[] derivative, FeatureMap gradient, Rows rows,
        WeightPlane? weights = null)
    {
        float* weight = WeightsOf(map.Shape.Area >= other.Shape.Area ? map : other, weights);
        MomentsGradientJob<T> job = NewGradientJob(other, map, gradient, derivative, scale: 1, constant: []);
        foreach (Rows slab in Slabs(rows, map.Shape.Width, other.PixelStride))
        {
            float* memory = (float*)_regridded.Bytes(FloatsOf(slab, map.Shape, other.PixelStride) * sizeof(float));
            Run(job with { Source = Regrid(other, map.Shape, slab, shift, weight, memory), Rows = slab });
        }
    }

    private static IEnumerable<Rows> Slabs(Rows rows, int width, int values)
    {
        int count = Math.Max(1, ValuesOfSlab / (width * values));
        for (int first = rows.First; first < rows.End; first += count)
            yield return new Rows(first, Math.Min(first + count, rows.End));
    }

    private static long FloatsOf(Rows rows, Shape grid, int channels) => rows.Count * (grid.Width + 2L) * channels;

    /// <summary>A map's features plus a constant, times weights unless they are null, at rows of a grid, in memory for
    /// these rows and the zero pixels beside them.</summary>
    private MapView Regrid(FeatureMap map, Shape grid, Rows rows, float shift, float* weights, float* memory)
    {
        int channels = map.PixelStride;
        nint rowFloats = (nint)(grid.Width + 2) * channels;
        RegridJob<T> job = new()
        {
            Source = new MapView(map),
            Target = new MapView(memory + channels - (rows.First * rowFloats), grid, channels),
            Shift = shift,
            Weights = weights,
        };
        pool.Run(rows, ref job);
        return job.Target;
    }
}
