using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Video;

namespace Atelier.Studio.Videos;

/// <summary>What is kept beside a video: what it was painted from, so that it can go on and be compared with its
/// clip.</summary>
/// <param name="Clip">Name of the clip.</param>
/// <param name="Artworks">Names of the artworks; those of style files begin with their folder,
/// <c>styles/</c>.</param>
/// <param name="Preset">Name of the preset.</param>
/// <param name="Options">The options of each frame that differ from the preset, as text.</param>
/// <param name="Video">The options of the video that differ from their defaults, as text.</param>
/// <param name="From">The first frame of the clip, from 0.</param>
/// <param name="To">The last frame of the clip.</param>
/// <param name="Start">When the first frame begins in the clip, in seconds.</param>
/// <param name="Painted">How many frames are painted.</param>
/// <param name="IsComplete">Whether these are all.</param>
public sealed record VideoRecord(
    string Clip, IReadOnlyList<string> Artworks, string Preset, IReadOnlyDictionary<string, string> Options,
    IReadOnlyDictionary<string, string> Video, int From, int To, double Start, int Painted, bool IsComplete)
{
    private const string StylesFolder = "styles/";

    /// <summary>The artworks and style files.</summary>
    [JsonIgnore]
    public IEnumerable<StoredPicture> Styles => Artworks.Select(name =>
        name.StartsWith(StylesFolder, StringComparison.Ordinal)
            ? new StoredPicture(PictureKind.Styles, name[StylesFolder.Length..])
            : new StoredPicture(PictureKind.Artworks, name));

    /// <summary>Number of frames of the complete video.</summary>
    [JsonIgnore]
    public int FrameCount => To - From + 1;

    /// <summary>Describes a choice of which nothing is painted yet.</summary>
    public static VideoRecord Of(VideoChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        PaintingChoice look = choice.Look;
        return new VideoRecord(
            choice.Clip!.File.Name, [.. look.Artworks.Select(NameOf)], look.Preset,
            CommandLine.Changed(look.Options, look.PresetOptions)
                .ToDictionary(option => option.Name, option => option.Show(look.Options)),
            VideoCommandLine.Changed(choice.Video)
                .ToDictionary(option => option.Name, option => option.Show(choice.Video)),
            choice.From, choice.To, choice.Clip.Starts[choice.From], 0, false);
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    internal static VideoRecord Parse(byte[] json)
        => JsonSerializer.Deserialize(json, VideoRecordJson.Default.VideoRecord)
            ?? throw new JsonException("There is no record.");

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, VideoRecordJson.Default.VideoRecord);

    /// <summary>Returns the choice that it describes.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="extension">The extension of the video.</param>
    /// <exception cref="CodedException">It is of another version: it names what there is not.</exception>
    public VideoChoice ToChoice(Clip clip, string extension)
    {
        try
        {
            StylizeOptions options = Presets.ByName[Preset];
            foreach ((string name, string value) in Options)
                options = StylizeOptionTable.Get(name).Change(options, value);
            VideoOptions video = VideoOptions.Default;
            foreach ((string name, string value) in Video)
                video = VideoOptionTable.Get(name).Change(video, value);
            return new VideoChoice
            {
                Clip = clip,
                Look = new PaintingChoice
                {
                    Preset = Preset,
                    Options = options,
                    Artworks = [.. Styles],
                },
                Video = video,
                Extension = extension,
            }.WithRange(From, To);
        }
        catch (Exception error) when (error is KeyNotFoundException or FormatException)
        {
            throw CodedException.Failed("video.record", $"the record of the video cannot be used: {error.Message}",
                "paint it anew");
        }
    }

    /// <summary>Returns the record with an artwork or style file under another name.</summary>
    internal VideoRecord Renamed(StoredPicture before, StoredPicture after)
        => this with { Artworks = [.. Styles.Select(style => NameOf(style == before ? after : style))] };

    private static string NameOf(StoredPicture artwork)
        => artwork.Kind == PictureKind.Styles ? StylesFolder + artwork.Name : artwork.Name;
}

/// <summary>JSON of the record, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(VideoRecord))]
internal sealed partial class VideoRecordJson : JsonSerializerContext;
