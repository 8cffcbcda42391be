using Atelier.Imaging;

namespace Atelier.Guides;

/// <summary>To which region each pixel of a picture belongs: a number from 0, row by row.</summary>
internal sealed record LabelMap(int Height, int Width, int[] Labels)
{
    /// <summary>The part of the picture that has a label, from 0 to 1.</summary>
    internal double ShareOf(int label) => (double)Labels.Count(each => each == label) / Labels.Length;

    /// <summary>White where the label is.</summary>
    internal Mask MaskOf(int label) => new(Height, Width, Array.ConvertAll(Labels, each => each == label ? 1f : 0f));
}
