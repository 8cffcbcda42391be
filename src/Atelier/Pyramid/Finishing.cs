using Atelier.Color;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier.Pyramid;

/// <summary>The final steps after painting, for a picture of any size: color, preserved pixels, alpha and color
/// profile.</summary>
/// <param name="guides">The guides as given, with the preserve mask.</param>
/// <param name="styleCount">Number of styles.</param>
/// <param name="content">The photograph; null for a texture.</param>
/// <param name="colors">The color transfer.</param>
/// <param name="palette">The colors of the artworks, and how far the painting's are mapped to them.</param>
internal sealed class Finishing(
    SpatialGuides guides, int styleCount, Picture? content, ColorTransfer colors,
    (ColorMoments Colors, double Share)? palette)
{
    /// <summary>Returns the map from the colors of a painting to those of the artworks; null if colors are not
    /// mapped.</summary>
    internal LinearMatch? MapOf(PlanarPicture painting) => MapOf(painting.ToPicture());

    private LinearMatch? MapOf(Picture painting) => palette is (ColorMoments target, _)
        ? LinearMatch.Between(ColorMoments.Measure(WithAlpha(painting)), target, ColorMatchKind.MongeKantorovich)
        : null;

    /// <summary>Returns the painting with its final colors, the preserved pixels of the photograph, and the
    /// photograph's alpha, profile and metadata.</summary>
    internal Picture Finish(PlanarPicture painting)
    {
        Picture picture = painting.ToPicture();
        return Finish(picture, MapOf(picture));
    }

    /// <inheritdoc cref="Finish(PlanarPicture)"/>
    /// <param name="map">The map of its colors, such as that of the first frame of a scene.</param>
    internal Picture Finish(PlanarPicture painting, LinearMatch? map) => Finish(painting.ToPicture(), map);

    private Picture Finish(Picture painting, LinearMatch? map)
    {
        Picture finished = WithAlpha(Blend(colors.Finish(Mapped(painting, map))));
        return content is null
            ? finished
            : new Picture(
                finished.Width, finished.Height, finished.Red, finished.Green, finished.Blue, finished.Alpha)
            {
                BitDepth = content.BitDepth,
                IccProfile = content.IccProfile,
                Metadata = content.Metadata,
            };
    }

    /// <summary>Returns a painting with the photograph's alpha.</summary>
    private Picture WithAlpha(Picture painting) => content?.Alpha is null
        ? painting
        : new Picture(
            painting.Width, painting.Height, painting.Red, painting.Green, painting.Blue,
            content.IsTransparent
                ? Resampler.Resize(content, painting.Width, painting.Height).Alpha
                : Mask.White(painting.Height, painting.Width).Values);

    private Picture Mapped(Picture picture, LinearMatch? map)
        => palette is (_, double share) && map is not null
            ? Recoloring.Blend(picture, map.Apply(picture), share)
            : picture;

    private Picture Blend(Picture picture)
        => guides.MayPreserveContent
            ? PreservedContent
                .Create(guides, styleCount, content!, picture.Height, picture.Width)!
                .Blend(PlanarPicture.From(picture)).ToPicture()
            : picture;
}
