using Atelier.Studio.Library;
using Atelier.Studio.Storage;
using Atelier.Studio.Videos;

namespace Atelier.Studio.Components;

/// <summary>The files that a page lets a person choose.</summary>
internal static class Accepted
{
    /// <summary>Pictures, those too that browsers do not know.</summary>
    public const string Pictures = "image/*,.tif,.tiff,.heic,.avif";

    /// <summary>Artworks, and style files in place of them.</summary>
    public const string Styles = $"{Pictures},{StyleLibrary.Extension}";

    /// <summary>Clips.</summary>
    public static string Clips { get; } = string.Join(',', ClipFormat.AllExtensions.Prepend("video/*"));

    /// <summary>Returns the files of a kind.</summary>
    public static string Of(PictureKind kind)
        => kind is PictureKind.Artworks or PictureKind.Styles ? Styles : Pictures;
}
