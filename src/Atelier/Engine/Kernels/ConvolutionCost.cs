namespace Atelier.Engine.Kernels;

/// <summary>Which kernel a convolution of given channels and size is done with, and whether the filter's form for it is
/// kept: decided by shape alone.</summary>
internal static class ConvolutionCost
{
    // What transforming a number costs, in multiply-adds of the products. From 16 to 16 channels, where the transforms
    // weigh most, Winograd takes 0.8 of the direct kernel's time (docs/performance.md).
    private const double TransformCost = 16;

    // Making a form takes as long as some 40 of the tiles that use it: from here on some 6 % of a convolution, and ever
    // less. Smaller filters are kept in any case, until the map is so large that this costs nothing.
    private const int TilesThatPayForForm = 640;
    private const double WorkThatPaysForForm = 1.3e8;

    internal static bool PrefersWinograd(int inputs, int outputs, int height, int width)
    {
        if (inputs < 8 || outputs < 8)
        {
            return false;
        }

        double tiles = WinogradTiles(height) * WinogradTiles(width);
        double direct = 9.0 * inputs * outputs * height * width;
        double winograd = tiles * ((36.0 * inputs * outputs) + (36 * TransformCost * (inputs + outputs)));
        return winograd < direct;
    }

    /// <summary>Whether a form is worth its memory between two uses; if not, it is made again for each.</summary>
    internal static bool KeepsForm(int inputs, int outputs, int height, int width)
    {
        double tiles = WinogradTiles(height) * WinogradTiles(width);
        return tiles < TilesThatPayForForm || tiles * inputs * outputs < WorkThatPaysForForm;
    }

    private static double WinogradTiles(int size) => Math.Ceiling(size / 4.0);
}
