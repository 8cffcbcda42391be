namespace Atelier.Video.Ffmpeg;

/// <summary>How ffmpeg and ffprobe open a file that may be from a stranger: only the file itself is read. A playlist, a
/// stream description or a pattern of names would make them open other files of this machine, or hosts.</summary>
internal static class InputArguments
{
    /// <summary>The demuxers that are allowed. None of them opens anything but its file, so those of playlists (hls,
    /// dash, concat, imf, sdp), of numbered pictures (image2), of pictures that name others (svg), and of scripts
    /// (avisynth) are not among them.</summary>
    private const string Formats =
        "mov,matroska,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,nut,mxf,gxf,dv,rm,wtv,swf,ivf,obu,av1,h264,hevc,vvc,m4v," +
        "mjpeg,vc1,dnxhd,dirac,yuv4mpegpipe,gif,apng,flic";

    private const string Refusal = "not on whitelist";

    /// <summary>Returns the arguments that name a file as the input.</summary>
    internal static string[] For(string path) =>
    [
        // With its protocol, a path cannot be mistaken for an option or another protocol.
        "-protocol_whitelist", "file", "-format_whitelist", Formats, "-i", $"file:{Path.GetFullPath(path)}",
    ];

    /// <summary>Whether a program refused a file because of its format.</summary>
    internal static bool IsRefusal(string message) => message.Contains(Refusal, StringComparison.Ordinal);
}
