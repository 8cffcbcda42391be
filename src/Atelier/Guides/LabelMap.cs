using Atelier.Imaging;

namespace Atelier.Guides;

/// <summary>The region of each pixel of a picture: a number from 0, in row-major order.</summary>
internal sealed record LabelMap(int Height, int Width, int[] Labels)
{
    /// <summary>Returns the fraction of the picture with a label, from 0 to 1.</summary>
    internal double ShareOf(int label) => (double)Labels.Count(each => each == label) / Labels.Length;

    /// <summary>Returns a mask that is 1 where the label is.</summary>
    internal Mask MaskOf(int label) => new(Height, Width, Array.ConvertAll(Labels, each => each == label ? 1f : 0f));
}
