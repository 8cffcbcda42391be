using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>A frame that is painted, as others remember it.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Content">The video's frame, at the size of the painting.</param>
/// <param name="Painting">The painting before colors are put back, in 256 levels: what a spool keeps of it, so that a
/// run that goes on sees the same.</param>
internal sealed record PaintedFrame(int Index, PlanarPicture Content, PlanarPicture Painting);
