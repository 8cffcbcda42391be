using System.Globalization;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Components;

/// <summary>The addresses of clips and of their frames.</summary>
internal static class Addresses
{
    /// <summary>The address of a clip or video, for players.</summary>
    public static string Of(StoredPicture clip)
        => $"{PictureKinds.NameOf(clip.Kind)}/{Uri.EscapeDataString(clip.Name)}";

    /// <summary>The address of a frame at the size of a thumbnail.</summary>
    public static string FrameOf(StoredPicture clip, int index)
        => string.Create(CultureInfo.InvariantCulture, $"{Of(clip)}/frames/{index}/thumbnail");

    /// <summary>The address of a frame at the size of a screen.</summary>
    public static string ViewOf(StoredPicture clip, int index)
        => string.Create(CultureInfo.InvariantCulture, $"{Of(clip)}/frames/{index}/view");
}
