using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Weights;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Styles;

/// <summary>Extracts the style of artworks to a style file.</summary>
/// <param name="context">The services of the program that runs it.</param>
/// <param name="engine">The engine options.</param>
public sealed class StyleFileExtraction(WorkshopContext context, EngineOptions engine)
{
    /// <summary>The extension of style files.</summary>
    public const string Extension = ".atelierstyle";

    /// <summary>The value that selects the whole of an artwork.</summary>
    public const string All = "all";

    /// <summary>The artworks.</summary>
    public required IReadOnlyList<PictureSource> Artworks { get; init; }

    /// <summary>The style region of each artwork, a file or <see cref="All"/>; empty uses the whole of every
    /// artwork.</summary>
    public IReadOnlyList<PictureSource> Regions { get; init; } = [];

    /// <summary>The network, its pooling, the style layers and the style weights.</summary>
    public required StylizeOptions Options { get; init; }

    /// <summary>Long sides at which to measure; null for the default ones.</summary>
    public IReadOnlyList<int>? Sizes { get; init; }

    /// <summary>The style file to write.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Whether a file that is not a style file may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Measures the artworks and writes the file.</summary>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A file cannot be used, or must not be replaced.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public StyleStatistics Run()
    {
        new PaintSources { Styles = Artworks }.RequireValid(Options);
        PictureSource[] sources = [.. Artworks, .. Regions.Where(region => region.Path != All)];
        InputFile.Require(sources);
        CheckOutput([.. sources.Select(source => source.Path), Options.Network]);
        Picture[] pictures = [.. Artworks.Select(Load)];
        ImmutableArray<Picture?> regions = [.. Regions.Select(region => region.Path == All ? null : Load(region))];
        using IPainter painter = context.CreatePainter(engine);
        StyleStatistics style = painter.Extract(pictures, Options, Sizes, regions, context.Cancel);
        context.Cancel.ThrowIfCancellationRequested();
        style.Save(OutputPath);
        return style;
    }

    private Picture Load(PictureSource source)
    {
        InputFile file = InputFile.Load(context, source);
        foreach (string warning in file.Warnings)
            context.Report(new Note(warning, IsWarning: true));
        return file.Picture;
    }

    private void CheckOutput(IReadOnlyList<string> inputs)
    {
        if (OutputPath == OutputFile.StandardOutput)
        {
            throw CodedException.Usage("a style file cannot be written to standard output.", "name a file", "output");
        }

        if (ImageFormats.WritableExtensions.Contains(Path.GetExtension(OutputPath), StringComparer.OrdinalIgnoreCase))
        {
            throw CodedException.Usage(
                $"output '{OutputPath}' has the extension of a picture, but is a style file.",
                $"use the extension {Extension}");
        }

        Outputs.OutputPath.RequireNoInput(OutputPath, inputs);
        Outputs.OutputPath.RequireFolder(OutputPath);
        Outputs.OutputPath.RequireReplaceable(OutputPath, Force, IsStyleFile, "exists and is not a style file");
    }

    private static bool IsStyleFile(string path)
    {
        try
        {
            _ = StyleStatistics.Load(path);
            return true;
        }
        catch (Exception error) when (error is WeightFormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
