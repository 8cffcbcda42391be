using System.Net;
using Atelier.Engine;
using Atelier.Jobs;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Hosting;

/// <summary>The settings of a studio.</summary>
public sealed record StudioOptions
{
    /// <summary>The port that is used if none is named.</summary>
    public const int DefaultPort = 7317;

    /// <summary>The port; 0 takes any that is free, and null the default one, or any if that is taken.</summary>
    public int? Port { get; init; }

    /// <summary>The address to listen on. Any other than a loopback address requires a token.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The folder of pictures and results.</summary>
    public string Folder { get; init; } = StudioFolder.DefaultPath;

    /// <summary>The largest picture that is accepted, in bytes.</summary>
    public long MaxUploadBytes { get; init; } = 256_000_000;

    /// <summary>The largest clip that is accepted, in bytes.</summary>
    public long MaxClipBytes { get; init; } = 4_000_000_000;

    /// <summary>The path of ffmpeg or of its folder; null to search for it.</summary>
    public string? FfmpegPath { get; init; }

    /// <summary>The queue of paintings; null for that of the folder.</summary>
    public QueueAddress? Queue { get; init; }

    /// <summary>The engine.</summary>
    public EngineOptions Engine { get; init; } = EngineOptions.Default;
}
