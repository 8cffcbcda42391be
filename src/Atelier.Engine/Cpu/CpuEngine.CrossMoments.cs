using Atelier.Engine.Cpu.Kernels;

namespace Atelier.Engine.Cpu;

internal sealed unsafe partial class CpuEngine<T>
{
    // Number of values of both maps on the common grid at a time: enough to divide among threads, few enough to stay
    // cached.
    private const int ValuesOfSlab = 1 << 20;

    private readonly Scratch _regridded = new();

    public void AddCrossMoments(
        FeatureMap deeper, FeatureMap shallower, float shift, double[] products, PositionWeights? weights = null)
    {
        using Use use = new(this);
        CpuFeatureMap coarse = CpuFeatureMap.From(deeper), fine = CpuFeatureMap.From(shallower);
        float* weight = WeightsOf(fine, weights);
        Shape grid = coarse.Shape;
        int left = coarse.PixelStride, right = fine.PixelStride;
        int rowsOfChunk = CrossMomentsJob<T>.RowsOfChunkFor(grid.Width);
        foreach (Rows slab in Slabs(Rows.All(coarse), grid.Width, left + right))
        {
            long leftFloats = FloatsOf(slab, grid, left), rightFloats = FloatsOf(slab, grid, right);
            float* memory = (float*)_regridded.Bytes((leftFloats + rightFloats) * sizeof(float));
            int chunks = (slab.Count + rowsOfChunk - 1) / rowsOfChunk;
            float* partials = (float*)_scratch.Bytes(chunks * (long)left * right * sizeof(float));
            CrossMomentsJob<T> job = new()
            {
                Left = Regrid(coarse, grid, slab, shift, null, memory),
                Right = Regrid(fine, grid, slab, shift, weight, memory + leftFloats),
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
                    Columns = fine.Shape.Channels,
                    Sums = sums,
                };
                pool.Run(grid.Channels, ref reduction);
            }
        }
    }

    public void AddCrossMomentsGradient(
        FeatureMap map, FeatureMap other, float shift, double[] derivative, FeatureMap gradient, Rows rows,
        PositionWeights? weights = null)
    {
        using Use use = new(this);
        CpuFeatureMap own = CpuFeatureMap.From(map), source = CpuFeatureMap.From(other);
        float* weight = WeightsOf(own.Shape.Area >= source.Shape.Area ? own : source, weights);
        MomentsGradientJob<T> job = NewGradientJob(source, own, gradient, derivative, scale: 1, constant: []);
        foreach (Rows slab in Slabs(rows, own.Shape.Width, source.PixelStride))
        {
            float* memory = (float*)_regridded.Bytes(FloatsOf(slab, own.Shape, source.PixelStride) * sizeof(float));
            Run(job with { Source = Regrid(source, own.Shape, slab, shift, weight, memory), Rows = slab });
        }
    }

    private static IEnumerable<Rows> Slabs(Rows rows, int width, int values)
    {
        int count = Math.Max(1, ValuesOfSlab / (width * values));
        for (int first = rows.First; first < rows.End; first += count)
            yield return new Rows(first, Math.Min(first + count, rows.End));
    }

    private static long FloatsOf(Rows rows, Shape grid, int channels) => rows.Count * (grid.Width + 2L) * channels;

    /// <summary>Computes a map's features plus a constant, times weights unless they are null, at rows of a grid, in
    /// memory for these rows and the zero pixels next to them.</summary>
    private MapView Regrid(CpuFeatureMap map, Shape grid, Rows rows, float shift, float* weights, float* memory)
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
