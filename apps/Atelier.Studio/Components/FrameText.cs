using Atelier.Studio.Texts;

namespace Atelier.Studio.Components;

/// <summary>Numbers of frames as texts of pages.</summary>
internal static class FrameText
{
    /// <summary>A number of frames.</summary>
    public static string Of(int count) => count == 1 ? Words.OneFrame : Words.Format(Words.FrameCount, count);
}
