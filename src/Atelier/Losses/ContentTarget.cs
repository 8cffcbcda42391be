using Atelier.Imaging;

namespace Atelier.Losses;

/// <summary>The photograph as the objective sees it.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Salience">How firmly the painting holds on to each part of it, as a factor of the content weight and of
/// the photograph's share in the search for neighbors; null for 1 everywhere.</param>
internal sealed record ContentTarget(PlanarPicture Picture, Mask? Salience = null)
{
    /// <summary>Extends both by a mirrored margin.</summary>
    internal ContentTarget Extend(int margin) => new(Picture.Extend(margin), Salience?.Extend(margin));
}
