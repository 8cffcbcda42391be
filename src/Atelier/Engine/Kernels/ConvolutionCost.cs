namespace Atelier.Engine.Kernels;

/// <summary>Which kernel a convolution of given channels and size is done with: decided by shape alone.</summary>
internal static class ConvolutionCost
{
    // What transforming a number costs, in multiply-adds of the products. From 16 to 16 channels, where the transforms
    // weigh most, Winograd takes 0.8 of the direct kernel's time (docs/performance.md).
    private const double TransformCost = 16;

    // Below this many channels, most of what other kernels than the direct one do is done for padding.
    private const int FewChannels = 8;

    /// <summary>For filters in bf16. Even from 16 to 16 channels, where three quarters of a tile's products are of
    /// zeros, tiles multiply faster than vectors.</summary>
    internal static bool PrefersTiles(int inputs, int outputs) => inputs >= FewChannels && outputs >= FewChannels;

    internal static bool PrefersWinograd(int inputs, int outputs, int height, int width)
    {
        if (inputs < FewChannels || outputs < FewChannels)
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
