namespace Atelier.Engine.Kernels;

/// <summary>Which kernel a convolution of given channels and size is done with: decided by shape alone.</summary>
internal static class ConvolutionCost
{
    // Measured by the convolution benchmark: a vector multiply-add of the transforms, in terms of one of the products.
    private const double TransformCost = 9;

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

    private static double WinogradTiles(int size) => Math.Ceiling(size / 4.0);
}
