using System.Collections.Immutable;
using Atelier.Video;
using Atelier.Video.Ffmpeg;

namespace Atelier.Workshop.Videos;

/// <summary>Settings of a video run: the part of the input to use, and the files to write.</summary>
public sealed record VideoFileSettings
{
    /// <summary>The part of the video to use.</summary>
    public VideoSelection Selection { get; init; } = new();

    /// <summary>The codec and quality of a video file.</summary>
    public VideoEncoding Encoding { get; init; } = new();

    /// <summary>The path of ffmpeg or of its folder; null to search for it.</summary>
    public string? FfmpegPath { get; init; }

    /// <summary>A picture that always shows the newest frame; null for none.</summary>
    public string? PreviewPath { get; init; }

    /// <summary>The file for the measurements, .json or .csv; null for none.</summary>
    public string? ReportPath { get; init; }

    /// <summary>Scenes that <see cref="VideoPainting.PaintScene"/> has painted, which are joined to the
    /// result.</summary>
    public ImmutableArray<PaintedScene> Scenes { get; init; } = [];

    /// <summary>Whether to resume an interrupted run, if there is one.</summary>
    public bool Resume { get; init; }
}
