using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Regions;

namespace Atelier.Studio.Inside;

/// <summary>The ways in which figures limit styles to parts of a picture.</summary>
public enum FigureGuideKind
{
    /// <summary>Everywhere alike.</summary>
    None,

    /// <summary>A mask: the first style above a soft border, the second below it.</summary>
    Border,

    /// <summary>A preserved oval.</summary>
    Oval,

    /// <summary>Two regions that the photograph and the artwork share.</summary>
    Regions,
}

/// <summary>Where the styles of a figure apply.</summary>
/// <param name="Kind">How.</param>
/// <param name="Place">Height of the border, or size of the oval, from 0 to 1.</param>
public sealed record FigureGuide(FigureGuideKind Kind, double Place = 0.5)
{
    // The border is as soft as a tenth of the picture.
    private const double Softness = 10;

    /// <summary>Everywhere alike.</summary>
    public static FigureGuide None { get; } = new(FigureGuideKind.None);

    /// <summary>Creates the guides for some pictures.</summary>
    /// <param name="photograph">The photograph; null only if there is no guide.</param>
    /// <param name="artworks">The artworks.</param>
    /// <param name="engine">Finds regions.</param>
    /// <param name="shown">The guide as a picture: white where it applies, or a color for each region; null if there
    /// is none.</param>
    internal SpatialGuides Create(
        Picture? photograph, ImmutableArray<Picture> artworks, EngineOptions engine, out Picture? shown)
    {
        shown = Kind is FigureGuideKind.Border or FigureGuideKind.Oval ? Draw(photograph!) : null;
        switch (Kind)
        {
            case FigureGuideKind.None:
                return SpatialGuides.None;
            case FigureGuideKind.Border:
                return new SpatialGuides { StyleMasks = [StyleMask.FromPicture(shown!), StyleMask.Rest] };
            case FigureGuideKind.Oval:
                return new SpatialGuides { Preserve = shown };
            case FigureGuideKind.Regions:
                RegionLabels labels = Find(photograph!, artworks, engine);
                shown = labels.Content;
                return new SpatialGuides { Labels = labels };
            default:
                throw new InvalidOperationException($"There is no guide {Kind}.");
        }
    }

    private Picture Draw(Picture photograph)
    {
        (int width, int height) = (photograph.Width, photograph.Height);
        float[] gray = [.. Enumerable.Range(0, width * height).Select(
            i => (float)Math.Clamp(At(((i % width) + 0.5) / width, ((i / width) + 0.5) / height), 0, 1))];
        return new Picture(width, height, gray, gray, gray);
    }

    private double At(double x, double y)
    {
        if (Kind == FigureGuideKind.Border)
        {
            return ((Place - y) * Softness) + 0.5;
        }

        // The distance from the middle of an oval that touches the edges of the picture at place 1.
        double distance = 2 * Math.Sqrt(((x - 0.5) * (x - 0.5)) + ((y - 0.5) * (y - 0.5)));
        return ((Place - distance) * Softness / 2) + 0.5;
    }

    private static RegionLabels Find(
        Picture photograph, ImmutableArray<Picture> artworks, EngineOptions engine)
    {
        using RegionFinder finder = new(engine);
        return finder.Find(photograph, artworks, 2);
    }
}
