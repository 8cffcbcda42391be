using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Imaging.Codecs.Png;
using Atelier.Recipes;

namespace Atelier.Video;

/// <summary>The metadata of a frame in a checkpoint.</summary>
/// <param name="Pass">The pass that painted it, starting at 1; 0 for the source frame.</param>
/// <param name="Frame">Index of the frame, from 0.</param>
/// <param name="Scene">Index of the first frame of its scene.</param>
/// <param name="Time">Timestamp, in ticks of the video.</param>
/// <param name="Duration">Duration, in the same ticks.</param>
/// <param name="Report">The measurements; null if they are pending or not requested.</param>
internal sealed record FrameRecord(
    int Pass, int Frame, int Scene, long Time, long Duration, FrameReport? Report = null);

/// <summary>Identifies the run of a checkpoint.</summary>
/// <param name="Engine">Fingerprint of its engine; null in older files.</param>
/// <param name="VectorBits">The vector width stored by older versions, which had only the built-in engine.</param>
internal sealed record VideoCheckpointHeader(
    string Recipe, VideoOptions Video, string Network, string? Engine,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? VectorBits = null)
{
    /// <summary>Fingerprint of the engine that painted the stored frames.</summary>
    internal string PaintedBy => Engine ?? CpuEngine.FingerprintOf(VectorBits ?? 0);
}

/// <summary>The checkpoint file of a video, with random access to its frames. It is a sequence of records, each with
/// the lengths of a frame's metadata and of its PNG, a checksum, the metadata and the PNG. The first record identifies
/// the run.</summary>
/// <remarks>A truncated or damaged file is used up to the damage: only complete frames count.</remarks>
internal sealed class VideoCheckpoint : IDisposable
{
    private const int PrefixBytes = 12;
    private const string StartAnew = "remove the file to start over.";

    private static readonly byte[] Magic = "ATELIER-SPOOL-1\n"u8.ToArray();

    private readonly FileStream _file;
    private readonly Dictionary<(int Pass, int Frame), (FrameRecord Entry, long Offset, int Length)> _frames = [];

    private VideoCheckpoint(FileStream file) => _file = file;

    /// <summary>Creates a file, or resumes from an existing one.</summary>
    /// <param name="options">The checkpoint options.</param>
    /// <param name="video">The options of the run.</param>
    /// <param name="network">SHA-256 of the run's network.</param>
    /// <param name="engine">Fingerprint of the run's engine.</param>
    /// <exception cref="AtelierException">The file is not a checkpoint, or belongs to a different run.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    internal static VideoCheckpoint Open(
        VideoCheckpointOptions options, VideoOptions video, string network, string engine)
    {
        VideoCheckpointHeader header = new(options.Recipe.ToJson(), video, network, engine);
        FileMode mode = options.Resume ? FileMode.Open : FileMode.Create;
        VideoCheckpoint checkpoint = new(new FileStream(options.Path, mode, FileAccess.ReadWrite, FileShare.Read));
        try
        {
            if (options.Resume)
            {
                checkpoint.Load(options.Path, _ => header);
            }
            else
            {
                checkpoint._file.Write(Magic);
                byte[] about = JsonSerializer.SerializeToUtf8Bytes(
                    header, VideoCheckpointJson.Default.VideoCheckpointHeader);
                checkpoint.Write(about, []);
                foreach (PaintedScene scene in options.Scenes)
                    checkpoint.TakeOver(scene, options.Recipe, header);
            }

            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>Returns the metadata of a frame; null if the frame is not stored.</summary>
    internal FrameRecord? Find(int pass, int frame)
        => _frames.TryGetValue((pass, frame), out (FrameRecord Entry, long, int) found) ? found.Entry : null;

    /// <summary>Reads a stored frame.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal Picture Read(int pass, int frame) => PictureFile.Decode(ReadPng(pass, frame));

    /// <summary>Adds a frame.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Append(FrameRecord entry, Picture picture)
    {
        using MemoryStream png = new();
        PictureFile.Save(picture, png, ".png");
        Append(entry, png.GetBuffer().AsSpan(0, (int)png.Length));
    }

    public void Dispose() => _file.Dispose();

    private byte[] ReadPng(int pass, int frame)
    {
        (FrameRecord _, long offset, int length) = _frames[(pass, frame)];
        byte[] png = new byte[length];
        _file.Position = offset;
        _file.ReadExactly(png);
        return png;
    }

    private void Append(FrameRecord entry, ReadOnlySpan<byte> png)
    {
        byte[] about = JsonSerializer.SerializeToUtf8Bytes(entry, VideoCheckpointJson.Default.FrameRecord);
        _file.Position = _file.Length;
        Write(about, png);
        Keep(entry, png.Length);
    }

    /// <summary>Adds the frames of a scene that another run has painted, perhaps on a machine with another
    /// engine.</summary>
    private void TakeOver(PaintedScene scene, Recipe recipe, VideoCheckpointHeader ours)
    {
        using VideoCheckpoint painted = new(new FileStream(scene.Path, FileMode.Open, FileAccess.ReadWrite));
        painted.Load(scene.Path, theirs => ours with
        {
            Engine = theirs.PaintedBy,
            Recipe = (recipe with { Precision = Recipe.Parse(theirs.Recipe).Precision }).ToJson(),
        });
        foreach (FrameRecord entry in painted._frames.Values.Select(frame => frame.Entry).OrderBy(entry => entry.Frame))
        {
            Append(
                entry with
                {
                    Frame = scene.First + entry.Frame,
                    Scene = scene.First + entry.Scene,
                    Report = entry.Report is FrameReport report
                        ? report with { Frame = scene.First + report.Frame } : null,
                },
                painted.ReadPng(entry.Pass, entry.Frame));
        }
    }

    /// <summary>Adds the frame whose record ends here to the index.</summary>
    private void Keep(FrameRecord entry, int length)
        => _frames[(entry.Pass, entry.Frame)] = (entry, _file.Position - length, length);

    private void Write(ReadOnlySpan<byte> about, ReadOnlySpan<byte> png)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, about.Length);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[4..], png.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(prefix[8..], Crc32.Compute(png, Crc32.Compute(about)));
        _file.Write(prefix);
        _file.Write(about);
        _file.Write(png);
        _file.Flush();
    }

    /// <summary>Finds the frames of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expect">Returns what its header has to be equal to.</param>
    private void Load(string path, Func<VideoCheckpointHeader, VideoCheckpointHeader> expect)
    {
        byte[] magic = new byte[Magic.Length];
        if (_file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length
            || !magic.AsSpan().SequenceEqual(Magic) || ReadRecord(out _) is not byte[] about)
        {
            throw new AtelierException($"{path}: not a checkpoint of a video; {StartAnew}");
        }

        VideoCheckpointHeader theirs = JsonSerializer.Deserialize(
            about, VideoCheckpointJson.Default.VideoCheckpointHeader)!;
        VideoCheckpointHeader ours = expect(theirs);
        List<string> differences =
        [
            .. RecipeDifference.Between(theirs.Recipe, ours.Recipe),
            .. RecipeDifference.Between(JsonOf(theirs.Video), JsonOf(ours.Video)),
        ];
        if (theirs.Network != ours.Network)
        {
            differences.Add("the network's weights are different");
        }

        if (theirs.PaintedBy != ours.PaintedBy)
        {
            differences.Add($"it was computed by the engine '{theirs.PaintedBy}', not '{ours.PaintedBy}'");
        }

        if (differences.Count > 0)
        {
            throw new AtelierException(
                $"{path}: a checkpoint of a different run: {string.Join("; ", differences)}. Give the same video, " +
                $"pictures and options to resume it, or {StartAnew}");
        }

        long end = _file.Position;
        while (ReadRecord(out int pngLength) is byte[] json)
        {
            Keep(JsonSerializer.Deserialize(json, VideoCheckpointJson.Default.FrameRecord)!, pngLength);
            end = _file.Position;
        }

        _file.SetLength(end);
    }

    /// <summary>Reads the next record; returns null if there is no complete one. Leaves the file at the end of the
    /// record. </summary>
    private byte[]? ReadRecord(out int pngLength)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        pngLength = 0;
        if (_file.ReadAtLeast(prefix, PrefixBytes, throwOnEndOfStream: false) < PrefixBytes)
        {
            return null;
        }

        int aboutLength = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        pngLength = BinaryPrimitives.ReadInt32LittleEndian(prefix[4..]);
        if (aboutLength < 0 || pngLength < 0 || (long)aboutLength + pngLength > _file.Length - _file.Position)
        {
            return null;
        }

        byte[] bytes = new byte[aboutLength + pngLength];
        _file.ReadExactly(bytes);
        return Crc32.Compute(bytes) == BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..])
            ? bytes[..aboutLength]
            : null;
    }

    private static string JsonOf(VideoOptions video)
        => JsonSerializer.Serialize(video, VideoCheckpointJson.Default.VideoOptions);
}

/// <summary>JSON serialization of a video checkpoint, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
[JsonSerializable(typeof(VideoCheckpointHeader))]
[JsonSerializable(typeof(FrameRecord))]
internal sealed partial class VideoCheckpointJson : JsonSerializerContext;
