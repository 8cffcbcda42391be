using Atelier.Tensors;

namespace Atelier.Engine.Kernels;

/// <summary>Which kernel a convolution of given channels and size is done with, and whether the filter's form for it is
/// kept: decided by shape alone.</summary>
internal static class ConvolutionCost
{
    // What transforming a number costs, in multiply-adds of the products. From 16 to 16 channels, where the transforms
    // weigh most, Winograd takes 0.8 of the direct kernel's time (docs/performance.md).
    private const double TransformCost = 16;

    // Handing out the parts of a call, and reading a filter for each part, in multiply-adds and in tiles: a call with
    // few tiles (conv5_1 at 512²) runs at 0.8 of the speed of one with many.
    private const double WorkOfCall = 3e6;
    private const double TilesThatReadFilter = 6;

    // Making a form takes as long as some 40 of the tiles that use it: from here on some 6 % of a convolution, and ever
    // less. Smaller filters are kept in any case, until the map is so large that this costs nothing.
    private const double TilesThatMakeForm = 40;
    private const int TilesThatPayForForm = 640;
    private const double WorkThatPaysForForm = 1.3e8;

    internal static bool PrefersWinograd(int inputs, int outputs, int height, int width)
    {
        if (inputs < 8 || outputs < 8)
        {
            return false;
        }

        return TileWork(inputs, outputs) * Tiles(height, width) < 9.0 * inputs * outputs * height * width;
    }

    /// <summary>Multiply-adds that some rows of a convolution take as long as.</summary>
    internal static double Work(int inputs, int outputs, int rows, int width)
    {
        if (!PrefersWinograd(inputs, outputs, rows, width))
        {
            return WorkOfCall + (9.0 * inputs * FeatureMap.Padded(outputs) * rows * width);
        }

        // Two workers at least share the parts, and each part reads the whole filter.
        int tiles = (int)Tiles(rows, width), tilesOfPart = TilesOfPart(inputs, tiles);
        double parts = Math.Ceiling(tiles / (2.0 * tilesOfPart)) * 2;
        double made = KeepsForm(inputs, outputs, rows, width) ? 0 : TilesThatMakeForm;
        return WorkOfCall + (TileWork(inputs, outputs) * ((parts * (tilesOfPart + TilesThatReadFilter)) + made));
    }

    /// <summary>Whether a form is worth its memory between two uses; if not, it is made again for each.</summary>
    internal static bool KeepsForm(int inputs, int outputs, int height, int width)
    {
        double tiles = Tiles(height, width);
        return tiles < TilesThatPayForForm || tiles * inputs * outputs < WorkThatPaysForForm;
    }

    /// <summary>Tiles of a part of Winograd's convolution: multiples of the register tile's height.</summary>
    internal static int TilesOfPart(int inputs, int tiles)
    {
        int most = inputs <= 32 ? 96 : inputs <= 64 ? 48 : 24;
        while (most > 12 && tiles < 8 * most)
            most /= 2;
        return most;
    }

    private static double TileWork(int inputs, int outputs)
        => (36.0 * inputs * outputs) + (36 * TransformCost * (inputs + outputs));

    private static double Tiles(int height, int width) => Math.Ceiling(height / 4.0) * Math.Ceiling(width / 4.0);
}
