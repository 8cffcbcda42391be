using System.Globalization;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Cli.Video;
using Atelier.Cli.Weights;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Video;

namespace Atelier.Cli.Commands.Video;

/// <summary>One run from a video to a video: check, open, paint, write, tell.</summary>
internal sealed class VideoPainting(Host host, PaintSettings settings, VideoFileSettings files)
{
    private readonly List<string> _warnings = [.. settings.Warnings];
    private Ffmpeg? _ffmpeg;

    public required string InputPath { get; init; }

    public required string OutputPath { get; init; }

    /// <summary>What is painted with; without content.</summary>
    public required PaintSources Sources { get; init; }

    public required StylizeOptions Options { get; init; }

    public required VideoOptions Video { get; init; }

    private VideoOutput Output => new(OutputPath, files.Encoding) { Pictures = settings.Encode };

    /// <summary>The file beside the result that keeps the frames of an unfinished run.</summary>
    private string SpoolPath => $"{OutputPath.TrimEnd('/', '\\')}.atelier-frames";

    private IEnumerable<string> InputPaths => Sources.Paths.Append(InputPath);

    public int Run()
    {
        long start = host.Clock.GetTimestamp();
        Check();
        GuideSequence guides = new(host, Sources.Guides, Sources.Styles.Count);
        PaintSources pictures = Sources with { Guides = GuideSources.None };
        LoadedSources loaded = pictures.Load(host, settings, OutputPath);
        _warnings.AddRange(loaded.Warnings);
        using VideoInput input = VideoInput.Open(InputPath, files.Selection, FindFfmpeg);
        using VideoStylizer stylizer = new(settings.Engine);
        Recipe recipe = RecipeOf(loaded.Recipe, guides.First.Names);
        VideoRequest request = RequestOf(loaded.Request, guides, recipe);
        stylizer.Check(request, input.Source.Format);
        VideoResult result = Paint(stylizer, request, input);
        if (files.ReportPath is not null)
        {
            VideoReportFile.Save(files.ReportPath, result.Report);
        }

        if (result.IsComplete)
        {
            File.Delete(SpoolPath);
        }

        Tell(result, VideoStylizer.SizeOf(input.Source.Format, Options), recipe,
            host.Clock.GetElapsedTime(start).TotalSeconds);
        return result.IsComplete ? ExitCode.Done : ExitCode.Interrupted;
    }

    private Ffmpeg FindFfmpeg() => _ffmpeg ??= Ffmpeg.Find(files.FfmpegPath);

    /// <summary>Refuses what cannot be, before any work.</summary>
    private void Check()
    {
        OptionSet.Validate(Options, Sources.Styles.Count);
        InputFile.Require([.. Sources.All.Except(Sources.Guides.Files)]);
        OutputFile.RequireNoInput(OutputPath, InputPaths);
        Output.Check(FindFfmpeg);
        bool isThere = Output.Kind == VideoOutputKind.Folder
            ? Directory.Exists(OutputPath) && FolderSource.PicturesIn(OutputPath).Length > 0
            : File.Exists(OutputPath);
        bool hasSpool = File.Exists(SpoolPath);
        if (hasSpool && !files.Resume && !settings.Force)
        {
            throw CliException.Failed("spool.exists", $"'{SpoolPath}' holds the frames of an unfinished run.",
                "add --resume to go on with it, or --force to begin anew.");
        }

        if (isThere && !settings.Force && !(files.Resume && hasSpool))
        {
            throw CliException.Failed("output.exists", $"output '{OutputPath}' exists.",
                "add --force to replace it, or name another one with -o.");
        }

        if (files.Resume && !hasSpool)
        {
            _warnings.Add($"there is no '{SpoolPath}' to go on from; the run begins anew.");
        }

        if (files.PreviewPath is string preview)
        {
            _ = new OutputFile(host, preview, InputPaths.Append(OutputPath), force: true, EncodeOptions.Default);
        }

        if (files.ReportPath is string report)
        {
            VideoReportFile.Check(report, InputPaths.Append(OutputPath));
        }
    }

    private Recipe RecipeOf(Recipe pictures, Recipe guides) => pictures with
    {
        AtelierVersion = Recipe.LibraryVersion,
        Content = new RecipePicture(InputPath, VideoIdentity.Of(InputPath, files.Selection)),
        StyleMasks = guides.StyleMasks,
        StyleRegions = guides.StyleRegions,
        Labels = guides.Labels,
        StyleLabels = guides.StyleLabels,
        Preserve = guides.Preserve,
        ColorMask = guides.ColorMask,
        Precision = settings.Engine.Precision,
        Options = Options,
    };

    private VideoRequest RequestOf(StylizeRequest pictures, GuideSequence guides, Recipe recipe) => new()
    {
        Styles = pictures.Styles,
        Options = WeightCache.OfUser().Resolve(Options),
        Video = Video with { Report = files.ReportPath is not null },
        Guides = guides.First.Guides,
        GuidesOf = guides.Changes ? guides.Of : null,
        Initial = pictures.Initial,
        Palette = pictures.Palette,
        Spool = new SpoolOptions
        {
            Path = SpoolPath,
            Recipe = recipe,
            Resume = files.Resume && File.Exists(SpoolPath),
        },
    };

    private VideoResult Paint(VideoStylizer stylizer, VideoRequest request, VideoInput input)
    {
        (int width, int height) = VideoStylizer.SizeOf(input.Source.Format, request.Options);
        VideoFormat format = input.Source.Format with { Width = width, Height = height };
        using CountingSink sink = new(Output.Create(format, FindFfmpeg, input.Carried));
        using VideoReporter? reporter = settings.Quiet ? null : new VideoReporter(host);
        PreviewSaver? preview = files.PreviewPath is string path ? new PreviewSaver(path) : null;
        try
        {
            VideoResult result =
                stylizer.Stylize(
                    request, input.Source, sink, new ProgressFork<VideoProgress>(reporter, preview), host.Interrupt);
            _warnings.AddRange(
                [.. input.Warnings, .. VideoOutput.WarningsOf(sink.Inner), .. result.Warnings]);
            return result;
        }
        catch (Exception error) when (sink.Count > 0 && Failure.Of(error) is { ExitCode: ExitCode.Failed })
        {
            Failure failure = Failure.Of(error);
            string done = sink.TryComplete() ? $"; the {sink.Count} frames before that are in '{OutputPath}'" : "";
            throw CliException.Failed(
                failure.Code, $"{failure.Message.TrimEnd('.')}{done}.",
                "when that is mended, --resume goes on with the frames that are done.");
        }
    }

    private void Tell(VideoResult result, (int Width, int Height) size, Recipe recipe, double seconds)
    {
        if (!result.IsComplete)
        {
            _warnings.Add($"interrupted; the video has the {result.Frames} frames that were done. " +
                "--resume goes on from here.");
        }

        Notes.Warn(host, host.HasColor && !settings.NoColor, _warnings);
        if (!settings.Quiet)
        {
            string steady = result.Report.WarpingError is double error
                ? string.Create(CultureInfo.InvariantCulture, $"  warping error {error:F2}")
                : "";
            host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{OutputPath}  {result.Frames} frames of {size.Width} x {size.Height}  {seconds:F1} s{steady}"));
        }

        if (settings.Json)
        {
            VideoDocument document = new(
                Path.GetFullPath(OutputPath), size.Width, size.Height, result.Frames, result.Scenes, result.IsComplete,
                seconds, files.ReportPath is null ? null : result.Report, Video, JsonElement.Parse(recipe.ToJson()),
                _warnings);
            host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.VideoDocument));
        }
    }

    /// <summary>Knows how many frames it has passed on, and whether that failed.</summary>
    private sealed class CountingSink(IFrameSink inner) : IFrameSink
    {
        private bool _hasFailed;

        public IFrameSink Inner => inner;

        public int Count { get; private set; }

        public void Write(VideoFrame frame)
        {
            _hasFailed = true;
            inner.Write(frame);
            _hasFailed = false;
            Count++;
        }

        public void Complete()
        {
            _hasFailed = true;
            inner.Complete();
        }

        /// <summary>Ends the video after a failure elsewhere. Returns whether it is there.</summary>
        public bool TryComplete()
        {
            if (_hasFailed)
            {
                return false;
            }

            try
            {
                Complete();
                return true;
            }
            catch (Exception error) when (Failure.Of(error) is { ExitCode: ExitCode.Failed })
            {
                // What failed before says more.
                return false;
            }
        }

        public void Dispose() => inner.Dispose();
    }

    /// <summary>Keeps the newest frame in a file.</summary>
    private sealed class PreviewSaver(string path) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value)
        {
            if (value.FractionOfFrame < 1)
            {
                return;
            }

            try
            {
                PictureFile.Save(value.Preview(), path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Whoever looks at it may hold it for a while, which is no reason to end the run; the next frame comes.
            }
        }
    }
}
