using Atelier.Imaging;
using Atelier.Pyramid;

namespace Atelier.Color;

/// <summary>What is done to a painting, of any size, at last: colors, and all that stays the photograph's.</summary>
internal sealed class Finishing(StylizeRequest request, ColorTreatment colors)
{
    /// <summary>The painting with the wanted colors, the photograph where it is kept, and its alpha and
    /// profile.</summary>
    internal Picture Finish(Picture painted)
    {
        Picture finished = Blend(colors.Finish(painted));
        if (request.Content is not Picture content)
        {
            return finished;
        }

        float[]? alpha = content.Alpha is null
            ? null
            : Resampler.Resize(content, painted.Width, painted.Height).Alpha;
        return new Picture(finished.Width, finished.Height, finished.Red, finished.Green, finished.Blue, alpha)
        {
            BitDepth = content.BitDepth,
            IccProfile = content.IccProfile,
        };
    }

    private Picture Blend(Picture picture)
        => request.Guides.KeepPhotograph
            ? Preservation.Of(request, PlanarPicture.From(request.Content!, picture.Height, picture.Width).Clamp())!
                .Blend(PlanarPicture.From(picture)).ToPicture()
            : picture;
}
