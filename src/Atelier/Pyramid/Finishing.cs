using Atelier.Color;
using Atelier.Guides;
using Atelier.Imaging;

namespace Atelier.Pyramid;

/// <summary>What is done to a painting, of any size, at last: colors, and all that stays the photograph's.</summary>
/// <param name="guides">What stays, as it was given.</param>
/// <param name="styleCount">How many styles there are.</param>
/// <param name="content">The photograph; null for a texture.</param>
/// <param name="colors">Whose colors the painting is to have.</param>
internal sealed class Finishing(SpatialGuides guides, int styleCount, Picture? content, ColorTreatment colors)
{
    /// <summary>The painting with the wanted colors, the photograph where it is kept, and its alpha and
    /// profile.</summary>
    internal Picture Finish(PlanarPicture painting)
    {
        Picture finished = Blend(colors.Finish(painting.ToPicture()));
        if (content is null)
        {
            return finished;
        }

        float[]? alpha = content.Alpha is null
            ? null
            : Resampler.Resize(content, finished.Width, finished.Height).Alpha;
        return new Picture(finished.Width, finished.Height, finished.Red, finished.Green, finished.Blue, alpha)
        {
            BitDepth = content.BitDepth,
            IccProfile = content.IccProfile,
        };
    }

    private Picture Blend(Picture picture)
        => guides.KeepPhotograph
            ? Preservation
                .Of(guides, styleCount, PlanarPicture.From(content!, picture.Height, picture.Width).Clamp())!
                .Blend(PlanarPicture.From(picture)).ToPicture()
            : picture;
}
