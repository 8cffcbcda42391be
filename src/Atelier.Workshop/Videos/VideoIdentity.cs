using System.Text;
using Atelier.Primitives;
using Atelier.Video;

namespace Atelier.Workshop.Videos;

/// <summary>Identifies a video, so that its frames are never mistaken for those of another.</summary>
internal static class VideoIdentity
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Returns a hash, in hexadecimal, of the file or of the folder's pictures, and of the selected
    /// part.</summary>
    /// <exception cref="IOException">The video cannot be read.</exception>
    public static string Compute(string path, VideoSelection selection)
    {
        Sha256 hash = new();
        byte[] chunk = new byte[ChunkBytes];
        foreach (string file in Directory.Exists(path) ? FolderSource.PicturesIn(path) : [path])
        {
            using FileStream stream = File.OpenRead(file);
            for (int count; (count = stream.Read(chunk)) > 0;)
                hash.Append(chunk.AsSpan(0, count));
        }

        hash.Append(Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"{selection.Start.Ticks} {selection.End?.Ticks} {selection.FrameRate}")));
        return hash.FinishHex();
    }
}
