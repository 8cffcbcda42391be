using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>A painted frame, as later frames refer to it.</summary>
/// <param name="Index">Index of the frame, from 0.</param>
/// <param name="Content">The source frame, at the size of the painting.</param>
/// <param name="Painting">The painting before color restoration, in 256 levels: exactly what a checkpoint stores, so
/// that a resumed run uses the same values.</param>
internal sealed record PaintedFrame(int Index, PlanarPicture Content, PlanarPicture Painting);
