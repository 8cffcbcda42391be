using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Weights;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Evaluations;

/// <summary>One evaluation from files: the objective's value for a picture as it is, term by term, and its
/// gradient.</summary>
/// <param name="around">The program around it.</param>
/// <param name="engine">How it is computed.</param>
public sealed class PictureEvaluation(Surroundings around, EngineOptions engine)
{
    /// <summary>The picture to judge.</summary>
    public required PictureSource Image { get; init; }

    /// <summary>The photograph, the styles, the guides and the palette. Those of terms with weight 0 are not
    /// read.</summary>
    public required PaintSources Sources { get; init; }

    /// <summary>The weights, layers, losses and network. Every picture is resized to <see cref="StylizeOptions.Size"/>
    /// first, where there is one.</summary>
    public required StylizeOptions Options { get; init; }

    /// <summary>A safetensors file for dLoss/dRGB, 3 x H x W, RGB in [0, 1]; null for none.</summary>
    public string? GradientPath { get; init; }

    /// <summary>Whether an existing file may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Judges the picture.</summary>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A file cannot be used, or must not be replaced.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public Evaluation Run()
    {
        Sources.RequireValid(Options);
        if (Options.ContentWeight > 0 && Sources.Content is null)
        {
            throw CodedException.Usage(
                "no content picture is given.", "name the photograph, or set content-weight to 0", "content");
        }

        PaintSources used = UsedSources();
        PictureSource[] all = [Image, .. used.All];
        InputFile.Require(all);
        CheckGradient(all);
        Picture judged = Load(Image);
        Picture? content = used.Content is null ? null : Load(used.Content);
        Style[] styles = [.. used.Styles.Select(LoadStyle)];
        LoadedGuides guides = used.Guides.Load(
            around, styles.Length, count => LabelSources.Find(count, content ?? judged, styles, engine));
        Warn(guides.Warnings);
        using IPainter painter = around.CreatePainter(engine);
        Evaluation evaluation = painter.Evaluate(
            judged, content, styles, styles.Length == 0 ? Options with { StyleWeights = [] } : Options, guides.Guides,
            used.Palette is null ? null : Load(used.Palette));
        Warn(evaluation.Warnings);
        around.Cancel.ThrowIfCancellationRequested();
        WriteGradient(evaluation);
        return evaluation;
    }

    private PaintSources UsedSources()
    {
        bool usesContent = Options.ContentWeight > 0 || Options.Color != ColorKind.Style;
        bool usesStyles = Options.StyleWeight > 0;
        return Sources with
        {
            Content = usesContent ? Sources.Content : null,
            Styles = usesStyles ? Sources.Styles : [],
            Guides = usesStyles ? Sources.Guides : GuideSources.None,
            Initial = null,
        };
    }

    private Picture Load(PictureSource source)
    {
        InputFile file = InputFile.Load(around, source);
        Warn(file.Warnings);
        return Resized(file.Picture);
    }

    private Style LoadStyle(PictureSource source)
    {
        StyleInput input = StyleInput.Load(around, source);
        Warn(input.Warnings);
        return input.Style.Picture is Picture artwork ? Resized(artwork) : input.Style;
    }

    private Picture Resized(Picture picture)
        => Options.Size is int side ? Resampler.Resize(picture, side) : picture;

    private void Warn(IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
            around.Tell(new Note(warning, IsWarning: true));
    }

    private void CheckGradient(PictureSource[] sources)
    {
        if (GradientPath is not string path)
        {
            return;
        }

        if (path == OutputFile.StandardOutput)
        {
            throw CodedException.Usage("gradient cannot go to standard output.", "name a file", "gradient");
        }

        OutputPath.RequireNoInput(path, [.. sources.Select(source => source.Path), Options.Network]);
        OutputPath.RequireFolder(path);
        OutputPath.RequireReplaceable(path, Force, _ => false, "exists", "gradient", "gradient");
    }

    private void WriteGradient(Evaluation evaluation)
    {
        if (GradientPath is not null)
        {
            WeightTensor gradient = new([3, evaluation.Height, evaluation.Width], evaluation.Gradient);
            SafetensorsWriter.Write(GradientPath, new WeightStore
            {
                Tensors = ImmutableSortedDictionary<string, WeightTensor>.Empty.Add("gradient", gradient),
            });
        }
    }
}
