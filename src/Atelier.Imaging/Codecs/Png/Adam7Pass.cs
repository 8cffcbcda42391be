namespace Atelier.Imaging.Codecs.Png;

/// <summary>A grid of pixels that a PNG file stores as one small picture: from (<paramref name="X"/>,
/// <paramref name="Y"/>) on, every <paramref name="StepX"/>th column of every <paramref name="StepY"/>th row.</summary>
internal readonly record struct Adam7Pass(int X, int Y, int StepX, int StepY)
{
    /// <summary>The seven passes of an interlaced picture, coarse to fine.</summary>
    private static readonly Adam7Pass[] InterlacedPasses =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4),
        new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2),
    ];

    private static readonly Adam7Pass[] WholePass = [new(0, 0, 1, 1)];

    /// <summary>The seven passes of an interlaced picture, coarse to fine.</summary>
    public static ReadOnlySpan<Adam7Pass> Interlaced => InterlacedPasses;

    /// <summary>The only pass of a picture that is not interlaced.</summary>
    public static ReadOnlySpan<Adam7Pass> Whole => WholePass;

    /// <summary>Number of columns of the pass in a picture of the given width; 0 if the picture ends before the
    /// first.</summary>
    public int WidthIn(int width) => Count(width, X, StepX);

    /// <summary>Number of rows of the pass in a picture of the given height; 0 if the picture ends before the
    /// first.</summary>
    public int HeightIn(int height) => Count(height, Y, StepY);

    private static int Count(int length, int start, int step)
        => length <= start ? 0 : ((length - start - 1) / step) + 1;
}
