using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Video;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;
using Atelier.Workshop.Outputs;
using Atelier.Workshop.Paintings;

namespace Atelier.Workshop.Videos;

/// <summary>A run from an input video to an output video: it checks, opens, paints and writes. A canceled run writes
/// the finished frames.</summary>
/// <param name="context">The services of the program that runs it.</param>
/// <param name="settings">The engine and encoding settings.</param>
/// <param name="files">The part of the input to use, and the files to write.</param>
public sealed partial class VideoPainting(WorkshopContext context, PaintSettings settings, VideoFileSettings files)
{
    /// <summary>What the name of a checkpoint adds to that of its video.</summary>
    public const string CheckpointExtension = ".atelier-frames";

    private readonly List<string> _warnings = [];
    private FfmpegTool? _ffmpeg;

    /// <summary>The video: a file, or a folder of pictures.</summary>
    public required string InputPath { get; init; }

    /// <summary>The output file or folder.</summary>
    public required string OutputPath { get; init; }

    /// <summary>The input files except the content.</summary>
    public required PaintSources Sources { get; init; }

    /// <summary>The options of each frame.</summary>
    public required StylizeOptions Options { get; init; }

    /// <summary>The options of the video.</summary>
    public required VideoOptions Video { get; init; }

    /// <summary>Called when painting starts. The returned reporter receives every progress report and is disposed at
    /// the end if it is disposable; null reports nothing.</summary>
    public Func<IProgress<VideoProgress>?> CreateReporter { get; init; } = () => null;

    /// <summary>Called before painting starts, with the memory that it needs, in bytes. The result is disposed when
    /// painting ends; null reserves nothing.</summary>
    public Func<long, IDisposable?> ReserveMemory { get; init; } = _ => null;

    private VideoOutput Output => new(OutputPath, files.Encoding) { Pictures = settings.Encode };

    /// <summary>The checkpoint file beside the result, which stores the frames of an unfinished run.</summary>
    public string CheckpointPath => $"{OutputPath.TrimEnd('/', '\\')}{CheckpointExtension}";

    private IEnumerable<string> InputPaths => Sources.Paths.Append(InputPath);

    /// <summary>Performs the run on the calling thread.</summary>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A file cannot be used, or must not be replaced.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled before a frame was finished.</exception>
    public VideoPaintingResult Run()
    {
        long start = context.Clock.GetTimestamp();
        Check();
        using VideoInput input = OpenInput();
        using VideoStylizer stylizer = new(settings.Engine);
        (VideoRequest request, Recipe recipe) = Prepare(stylizer);
        using IDisposable? memory = Reserve(stylizer, request, input.Source.Format);
        VideoResult result = Paint(stylizer, request, input);
        if (files.ReportPath is not null)
        {
            VideoReportFile.Save(files.ReportPath, result.Report);
        }

        if (result.IsComplete)
        {
            File.Delete(CheckpointPath);
        }

        (int width, int height) = VideoStylizer.GetOutputSize(input.Source.Format, Options);
        return new VideoPaintingResult(result, width, height, recipe, _warnings,
            context.Clock.GetElapsedTime(start).TotalSeconds);
    }

    private VideoInput OpenInput() => VideoInput.Open(InputPath, files.Selection, FindFfmpeg);

    private (VideoRequest Request, Recipe Recipe) Prepare(VideoStylizer stylizer)
    {
        GuideSequence guides = new(context, Sources.Guides, Sources.Styles.Count);
        PaintSources pictures = Sources with { Guides = GuideSources.None };
        LoadedSources loaded = pictures.Load(context, settings.Engine);
        _warnings.AddRange(loaded.Warnings);
        Recipe recipe = RecipeOf(loaded.Recipe, guides.First.Names, stylizer.PrecisionFor(Options));
        return (RequestOf(loaded.Request, guides, recipe), recipe);
    }

    /// <summary>Checks the request, and waits for its memory.</summary>
    private IDisposable? Reserve(VideoStylizer stylizer, VideoRequest request, VideoFormat format)
    {
        RunForecast forecast = stylizer.Check(request, format);
        foreach (string warning in forecast.Warnings)
            context.Report(new Note(warning, IsWarning: true));
        return ReserveMemory(forecast.PeakBytes);
    }

    private FfmpegTool FindFfmpeg() => _ffmpeg ??= Machine.FindFfmpeg(files.FfmpegPath);

    /// <summary>Throws, before any work, if the run is invalid.</summary>
    private void Check()
    {
        Sources.RequireValid(Options);
        InputFile.Require([.. Sources.All.Except(Sources.Guides.Files)]);
        Outputs.OutputPath.RequireNoInput(OutputPath, InputPaths);
        Output.Check(FindFfmpeg);
        bool isThere = Output.Kind == VideoOutputKind.Folder
            ? Directory.Exists(OutputPath) && FolderSource.PicturesIn(OutputPath).Length > 0
            : File.Exists(OutputPath);
        bool hasSpool = File.Exists(CheckpointPath);
        if (hasSpool && !files.Resume && !settings.Force)
        {
            throw CodedException.Failed("spool.exists", $"'{CheckpointPath}' is the checkpoint of an unfinished run.",
                "resume it, or allow it to be replaced");
        }

        if (isThere && !settings.Force && !(files.Resume && hasSpool))
        {
            throw CodedException.Failed("output.exists", $"output '{OutputPath}' exists.",
                "allow it to be replaced, or name another file");
        }

        if (files.Resume && !hasSpool)
        {
            _warnings.Add($"there is no checkpoint '{CheckpointPath}'; the run starts over.");
        }

        if (files.PreviewPath is string preview)
        {
            _ = new OutputFile(context, preview, InputPaths.Append(OutputPath), force: true, EncodeOptions.Default);
        }

        if (files.ReportPath is string report)
        {
            VideoReportFile.Check(report, InputPaths.Append(OutputPath));
        }
    }

    private Recipe RecipeOf(Recipe pictures, Recipe guides, Precision precision) => pictures with
    {
        AtelierVersion = Recipe.LibraryVersion,
        Content = new RecipePicture(InputPath, VideoIdentity.Compute(InputPath, files.Selection)),
        StyleMasks = guides.StyleMasks,
        StyleRegions = guides.StyleRegions,
        Labels = guides.Labels,
        StyleLabels = guides.StyleLabels,
        Preserve = guides.Preserve,
        ColorMask = guides.ColorMask,
        Precision = precision,
        Options = Options,
    };

    private VideoRequest RequestOf(StylizeRequest pictures, GuideSequence guides, Recipe recipe) => new()
    {
        Styles = pictures.Styles,
        Options = NetworkCache.ForCurrentUser().Resolve(Options),
        Video = Video with { Report = files.ReportPath is not null },
        Guides = guides.First.Guides,
        GuidesForFrame = guides.Changes ? guides.ForFrame : null,
        Initial = pictures.Initial,
        Palette = pictures.Palette,
        Checkpoint = new VideoCheckpointOptions
        {
            Path = CheckpointPath,
            Recipe = recipe,
            Scenes = files.Scenes,
            Resume = files.Resume && File.Exists(CheckpointPath),
        },
    };

    private VideoResult Paint(VideoStylizer stylizer, VideoRequest request, VideoInput input)
    {
        (int width, int height) = VideoStylizer.GetOutputSize(input.Source.Format, request.Options);
        VideoFormat format = input.Source.Format with { Width = width, Height = height };
        using CountingSink sink = new((Output with { FrameNames = input.FrameNames })
            .Create(format, FindFfmpeg, input.Carried));
        IProgress<VideoProgress>? reporter = CreateReporter();
        using IDisposable? shown = reporter as IDisposable;
        PreviewSaver? preview = files.PreviewPath is string path ? new PreviewSaver(path) : null;
        try
        {
            VideoResult result =
                stylizer.Stylize(
                    request, input.Source, sink, new ProgressFork<VideoProgress>(reporter, preview), context.Cancel);
            _warnings.AddRange(
                [.. input.Warnings, .. VideoOutput.GetWarnings(sink.Inner), .. result.Warnings]);
            return result;
        }
        catch (Exception error) when (sink.Count > 0 && Failure.FromException(error) is { Kind: ErrorKind.Failed })
        {
            Failure failure = Failure.FromException(error);
            string frames = sink.Count == 1 ? "the frame before it was" : $"the {sink.Count} frames before it were";
            string done = sink.TryComplete() ? $"; {frames} saved to '{OutputPath}'" : "";
            throw CodedException.Failed(
                failure.Code, $"{failure.Message.TrimEnd('.')}{done}.",
                "fix the problem, then resume the run from the finished frames", "resume");
        }
    }

    /// <summary>Counts the frames passed on to the sink, and records whether it failed.</summary>
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

        /// <summary>Completes the video after a failure elsewhere. Returns whether it was written.</summary>
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
            catch (Exception error) when (Failure.FromException(error) is { Kind: ErrorKind.Failed })
            {
                // The earlier error is more informative.
                return false;
            }
        }

        public void Dispose() => inner.Dispose();
    }

    /// <summary>Writes the latest frame to a file.</summary>
    private sealed class PreviewSaver(string path) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value)
        {
            if (value.FrameFraction < 1)
            {
                return;
            }

            try
            {
                PictureFile.Save(value.Preview(), path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A viewer may have locked the file for a moment. The next frame will be written instead.
            }
        }
    }
}

/// <summary>The outcome of a run whose video has been written.</summary>
/// <param name="Result">The number of frames, the measurements, and whether the run was completed.</param>
/// <param name="Width">Width of its frames in pixels.</param>
/// <param name="Height">Height of its frames in pixels.</param>
/// <param name="Recipe">The recipe.</param>
/// <param name="Warnings">Warnings for the user.</param>
/// <param name="Seconds">Total time, including loading and writing.</param>
public sealed record VideoPaintingResult(
    VideoResult Result, int Width, int Height, Recipe Recipe, IReadOnlyList<string> Warnings, double Seconds);
