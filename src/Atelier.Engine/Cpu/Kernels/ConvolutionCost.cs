namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Chooses the kernel of a convolution (represented by the filter's form) from its channels, size and
/// precision, and estimates its cost and whether the packed filter is kept.</summary>
internal static class ConvolutionCost
{
    // What transforming a number costs, in multiply-adds of the products. From 16 to 16 channels, where the transforms
    // weigh most, Winograd takes 0.8 of the direct kernel's time (docs/performance.md).
    private const double TransformCost = 16;

    // Below this many channels, most of what other kernels than the direct one do is done for padding.
    private const int FewChannels = 8;

    // AMX units were measured to multiply ten times as fast as vectors (docs/decisions/0005). Rounding and storing may
    // leave eight, so that they take a third of the time that Winograd's algorithm takes: not measured.
    private const double ProductsOfUnits = 8;

    // Handing out the parts of a call, and reading a filter for each part, in multiply-adds and in tiles: a call with
    // few tiles (conv5_1 at 512²) runs at 0.8 of the speed of one with many.
    private const double WorkOfCall = 3e6;
    private const double TilesThatReadFilter = 6;

    // Making a form takes as long as some 40 of the tiles that use it: from here on some 6 % of a convolution, and ever
    // less. Smaller filters are kept in any case, until the map is so large that this costs nothing.
    private const double TilesThatMakeForm = 40;
    private const int TilesThatPayForForm = 640;
    private const double WorkThatPaysForForm = 1.3e8;

    // A filter from 256 to 512 channels takes 19 MB in Winograd's form. Making it slice by slice, in the cache, takes
    // as long as so many tiles of it.
    private const long WeightsOfSlicedFilter = 256 * 512;
    private const double TilesThatMakeSlices = 30;

    // The transformed inputs of so many tiles with 512 channels take 19 MB.
    private const int MaxTilesOfBatch = 256;

    internal static FilterForm FormFor(int inputs, int outputs, Precision precision, int height, int width)
    {
        if (inputs < FewChannels || outputs < FewChannels)
        {
            return FilterForm.Direct;
        }

        // Even from 16 to 16 channels, where three quarters of the products are of zeros, AMX units are faster.
        if (precision == Precision.BFloat16)
        {
            return FilterForm.BFloat16;
        }

        bool isWinograd = TileWork(inputs, outputs) * Tiles(height, width) < 9.0 * inputs * outputs * height * width;
        return isWinograd ? FilterForm.Winograd : FilterForm.Direct;
    }

    /// <summary>Returns the number of multiply-adds that take as long as some rows of a convolution.</summary>
    internal static double Work(FilterForm form, int inputs, int outputs, int rows, int width)
        => WorkOfCall + form switch
        {
            FilterForm.BFloat16 =>
                TilePanels.NumbersOf(outputs, inputs) * (double)rows * width / ProductsOfUnits,
            FilterForm.Winograd => WinogradWork(inputs, outputs, rows, width),
            _ => 9.0 * inputs * CpuFeatureMap.Padded(outputs) * rows * width,
        };

    /// <summary>Whether a packed filter is worth its memory between uses; otherwise it is packed again for each use. In
    /// bf16 it takes half as much memory as the weights themselves.</summary>
    internal static bool KeepsForm(FilterForm form, int inputs, int outputs, int height, int width)
    {
        if (form == FilterForm.Winograd && IsSliced(inputs, outputs))
        {
            return false;
        }

        double tiles = Tiles(height, width);
        return form == FilterForm.BFloat16
            || tiles < TilesThatPayForForm || tiles * inputs * outputs < WorkThatPaysForForm;
    }

    /// <summary>Whether a filter in Winograd's form is too large for the cache, so that it is packed and used slice by
    /// slice (<see cref="WinogradSliceJob{T}"/>).</summary>
    internal static bool IsSliced(int inputs, int outputs) => (long)inputs * outputs >= WeightsOfSlicedFilter;

    /// <summary>Tiles whose transformed inputs are in memory at the same time if the filter is used in slices: all of
    /// them, or equal batches.</summary>
    internal static int TilesOfBatch(int tiles)
    {
        int batches = (tiles + MaxTilesOfBatch - 1) / MaxTilesOfBatch;
        return (tiles + batches - 1) / batches;
    }

    /// <summary>Tiles of a part of Winograd's convolution: multiples of the register tile's height.</summary>
    internal static int TilesOfPart(int inputs, int tiles)
    {
        int most = inputs <= 32 ? 96 : inputs <= 64 ? 48 : 24;
        while (most > 12 && tiles < 8 * most)
            most /= 2;
        return most;
    }

    private static double WinogradWork(int inputs, int outputs, int rows, int width)
    {
        if (IsSliced(inputs, outputs))
        {
            double all = Tiles(rows, width), batches = Math.Ceiling(all / TilesOfBatch((int)all));
            return TileWork(inputs, outputs) * (all + (batches * TilesThatMakeSlices));
        }

        // Two workers at least share the parts, and each part reads the whole filter.
        int tiles = (int)Tiles(rows, width), tilesOfPart = TilesOfPart(inputs, tiles);
        double parts = Math.Ceiling(tiles / (2.0 * tilesOfPart)) * 2;
        double made = KeepsForm(FilterForm.Winograd, inputs, outputs, rows, width) ? 0 : TilesThatMakeForm;
        return TileWork(inputs, outputs) * ((parts * (tilesOfPart + TilesThatReadFilter)) + made);
    }

    private static double TileWork(int inputs, int outputs)
        => (36.0 * inputs * outputs) + (36 * TransformCost * (inputs + outputs));

    private static double Tiles(int height, int width) => Math.Ceiling(height / 4.0) * Math.Ceiling(width / 4.0);
}
