using Atelier.Video.Ffmpeg;

namespace Atelier.Workshop.Videos;

/// <summary>What is taken of a video, how the result is written, and what else is.</summary>
public sealed record VideoFileSettings
{
    /// <summary>What is taken of the video.</summary>
    public VideoSelection Selection { get; init; } = new();

    /// <summary>How a video file is compressed.</summary>
    public VideoEncoding Encoding { get; init; } = new();

    /// <summary>The program ffmpeg, or its folder; null for that of the machine.</summary>
    public string? FfmpegPath { get; init; }

    /// <summary>A picture that always shows the newest frame; null for none.</summary>
    public string? PreviewPath { get; init; }

    /// <summary>The file for the measurements, .json or .csv; null for none.</summary>
    public string? ReportPath { get; init; }

    /// <summary>Whether to go on with an interrupted run, if there is one.</summary>
    public bool Resume { get; init; }
}
