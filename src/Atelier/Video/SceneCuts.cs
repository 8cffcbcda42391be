using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Tells where one scene ends and another begins.</summary>
internal static class SceneCuts
{
    internal static bool IsBetween(PlanarPicture before, PlanarPicture after, FrameMotion motion, VideoOptions options)
        => false;
}
