using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Variations;

namespace Atelier.Workshop.Batches;

/// <summary>Paints several photographs in several styles, one result for each combination, into a folder.</summary>
/// <param name="context">The services of the program that runs it.</param>
/// <param name="settings">The engine and encoding settings.</param>
public sealed class Batch(WorkshopContext context, PaintSettings settings)
{
    private const string SheetName = "sheet.png";
    private const int CellSize = 320;

    /// <summary>The photographs: files, folders and patterns.</summary>
    public required IReadOnlyList<string> Contents { get; init; }

    /// <summary>The artworks and style files, used one at a time: files, folders and patterns.</summary>
    public required IReadOnlyList<string> Styles { get; init; }

    /// <summary>The other input files.</summary>
    public required PaintSources Others { get; init; }

    /// <summary>The options that are not varied.</summary>
    public required StylizeOptions Options { get; init; }

    /// <summary>What is varied for each photograph and artwork.</summary>
    public ImmutableArray<Variation> Variations { get; init; } = [];

    /// <summary>The folder of the results.</summary>
    public required string OutputPath { get; init; }

    /// <summary>The extension of the results, which determines their format.</summary>
    public string Extension { get; init; } = ".png";

    /// <summary>Whether all results are also shown on a contact sheet.</summary>
    public bool HasSheet { get; init; }

    /// <summary>Number of pictures painted at a time, as far as memory allows.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Receives reports, one at a time; null for none.</summary>
    public IProgress<JobsProgress>? Progress { get; init; }

    /// <summary>Paints the missing results. Those that fail do not stop the others.</summary>
    /// <exception cref="AtelierException">The options or the files cannot be used, or a result must not be replaced;
    /// nothing has been painted.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public BatchReport Run()
    {
        long start = context.Clock.GetTimestamp();
        RequireFolder();
        IReadOnlyList<string> contents = InputPattern.Expand(Contents, "content");
        RequireNoResult(contents);
        Variant[] variants = VariantsOf(contents);
        int columns = variants.Length / contents.Count;
        using JobRunner runner = new(context, settings, JobsOf(variants)) { Parallel = Parallel, Progress = Progress };
        runner.Check();
        bool isNew = !Directory.Exists(OutputPath);
        CreateFolder();
        try
        {
            SheetFile? sheet = HasSheet ? NewSheet(variants) : null;
            runner.Run();
            SaveSheet(sheet, runner, variants, columns);
            return Report(runner, sheet, variants, start);
        }
        finally
        {
            if (isNew && !Directory.EnumerateFileSystemEntries(OutputPath).Any())
            {
                Directory.Delete(OutputPath);
            }
        }
    }

    /// <summary>Returns the paintings, for a program that paints them elsewhere, under the names of their
    /// results.</summary>
    /// <exception cref="AtelierException">A file does not exist, or two results would have the same name.</exception>
    public ImmutableArray<PaintJob> Expand()
    {
        RequireNoStream();
        return JobsOf(VariantsOf(InputPattern.Expand(Contents, "content")));
    }

    private Variant[] VariantsOf(IReadOnlyList<string> contents)
    {
        IReadOnlyList<string> styles = InputPattern.Expand(Styles, "style", "style", areStyles: true);
        Variation.RequireDistinct(Variations);
        return [.. contents.SelectMany(content => (styles.Count == 0 ? [null] : styles.ToArray<string?>())
            .SelectMany(style => Variation.Expand(Variations, VariantOf(content, style))))];
    }

    private Variant VariantOf(string content, string? style) => new(
        Others with
        {
            Content = new PictureSource("content", content),
            Styles = style is null ? [] : [new PictureSource("style", style, "style")],
        },
        Options);

    private ImmutableArray<PaintJob> JobsOf(Variant[] variants)
    {
        IReadOnlyList<string> names = BatchNames.Of(variants);
        return
        [
            .. variants.Zip(names).Select(each => new PaintJob(
                each.Second, each.First.Sources, each.First.Options,
                Path.Combine(OutputPath, each.Second + Extension))),
        ];
    }

    /// <summary>Throws if results would become inputs of the next call, or if there is no folder.</summary>
    private void RequireFolder()
    {
        if (OutputPath == OutputFile.StandardOutput)
        {
            throw CodedException.Usage(
                "a batch writes several files, so it cannot be written to standard output.", "name a folder", "output");
        }

        RequireNoStream();
        if (File.Exists(OutputPath))
        {
            throw CodedException.Failed("output.folder", $"output '{OutputPath}' is a file, but a folder is needed.",
                "name a folder", "output");
        }

        string? input = Contents.Concat(Styles).FirstOrDefault(path => InputPattern.FoldersOf(path)
            .Any(folder => Outputs.OutputPath.IsSame(folder, OutputPath)));
        if (input is not null)
        {
            throw CodedException.Usage(
                $"the output folder '{OutputPath}' is also an input ('{input}'), so the next call would paint the " +
                "results again.", "name another folder", "output");
        }
    }

    private void RequireNoStream()
    {
        if (Contents.Concat(Styles).Contains(InputFile.StandardInput))
        {
            throw CodedException.Usage("a batch cannot read pictures from standard input.", "name files or folders");
        }
    }

    /// <summary>Throws if a photograph is a result of an earlier call: a shell writes files for <c>photos/*.png</c>, so
    /// that no folder is named.</summary>
    private void RequireNoResult(IReadOnlyList<string> contents)
    {
        string? result = contents.FirstOrDefault(
            path => Path.GetFileName(path).Contains(BatchNames.Separator, StringComparison.Ordinal)
                && Outputs.OutputPath.IsSame(Path.GetDirectoryName(Path.GetFullPath(path))!, OutputPath)
                && EarlierResult.RecipeAt(path) is not null);
        if (result is not null)
        {
            throw CodedException.Usage(
                $"the photograph '{result}' is a result in the output folder, which would be painted again.",
                "name another output folder, or only the photographs");
        }
    }

    private void CreateFolder()
    {
        try
        {
            Directory.CreateDirectory(OutputPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CodedException.Failed("output.folder",
                $"the output folder '{OutputPath}' cannot be created ({error.Message.TrimEnd('.')}).",
                "name another folder", "output");
        }
    }

    private SheetFile NewSheet(Variant[] variants)
        => variants.Length <= Variation.MaxCells
            ? new SheetFile(context, Path.Combine(OutputPath, SheetName),
                variants.SelectMany(variant => variant.Sources.Paths).Distinct(), settings, CellSize)
            : throw CodedException.Usage(
                $"a sheet of {variants.Length} pictures is too large.",
                $"leave it out, or paint {Variation.MaxCells} at a time");

    private static void SaveSheet(SheetFile? sheet, JobRunner runner, Variant[] variants, int columns)
    {
        if (sheet is null || !runner.Outcomes.Any(outcome => outcome.IsDone))
        {
            return;
        }

        foreach ((JobOutcome outcome, int i) in runner.Outcomes.Select((outcome, i) => (outcome, i)))
        {
            if (outcome.IsDone)
            {
                sheet.Put(i, PictureFile.Load(outcome.Job.OutputPath));
            }
        }

        // One picture for each photograph would be a very high sheet.
        int across = columns > 1 ? columns : (int)Math.Ceiling(Math.Sqrt(variants.Length));
        sheet.Save("", across, [.. runner.Outcomes.Select(outcome => outcome.Job.Label)], "batch");
    }

    private BatchReport Report(JobRunner runner, SheetFile? sheet, Variant[] variants, long start) => new(
        Path.GetFullPath(OutputPath), runner.Outcomes.All(outcome => outcome.IsDone),
        context.Clock.GetElapsedTime(start).TotalSeconds, sheet?.Path,
        [.. runner.Outcomes.Zip(variants).Select(each => BatchPicture.Of(each.First, each.Second))])
    {
        Failures = runner.Failures,
    };
}
