using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Weights;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Evaluations;

/// <summary>Evaluates the objective for a picture from a file: its value, its terms and optionally its
/// gradient.</summary>
/// <param name="context">The services of the program that runs it.</param>
/// <param name="engine">The engine options.</param>
public sealed class PictureEvaluation(WorkshopContext context, EngineOptions engine)
{
    /// <summary>The picture to evaluate.</summary>
    public required PictureSource Image { get; init; }

    /// <summary>The photograph, the styles, the guides and the palette. Files that are needed only by terms of weight 0
    /// are not read.</summary>
    public required PaintSources Sources { get; init; }

    /// <summary>The weights, layers, losses and network. If <see cref="StylizeOptions.Size"/> is set, every picture is
    /// first resized to it. A photograph of another size but the same aspect ratio is resized to that of the picture to
    /// evaluate.</summary>
    public required StylizeOptions Options { get; init; }

    /// <summary>The safetensors file to write the gradient dLoss/dRGB to, 3 × H × W for RGB in [0, 1]; null for
    /// none.</summary>
    public string? GradientPath { get; init; }

    /// <summary>Whether an existing file may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Evaluates the picture.</summary>
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
        Picture? content = used.Content is null ? null : Fitted(Load(used.Content), judged);
        Style[] styles = [.. used.Styles.Select(LoadStyle)];
        LoadedGuides guides = used.Guides.Load(
            context, styles.Length, count => LabelSources.Find(count, content ?? judged, styles, engine));
        Warn(guides.Warnings);
        using IPainter painter = context.CreatePainter(engine);
        Evaluation evaluation = painter.Evaluate(
            judged, content, styles, styles.Length == 0 ? Options with { StyleWeights = [] } : Options, guides.Guides,
            used.Palette is null ? null : Load(used.Palette), context.Cancel);
        Warn(evaluation.Warnings);
        context.Cancel.ThrowIfCancellationRequested();
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

    /// <summary>Returns the photograph at the size of a result that was painted from it.</summary>
    private Picture Fitted(Picture content, Picture judged)
    {
        (int width, int height) = Resampler.Fit(
            content.Width, content.Height, Math.Max(judged.Width, judged.Height));
        bool isSame = (content.Width, content.Height) == (judged.Width, judged.Height);
        if (isSame || Math.Abs(width - judged.Width) > 1 || Math.Abs(height - judged.Height) > 1)
        {
            return content;
        }

        context.Report(new Note($"the content picture is {content.Width} x {content.Height}, and is resized to " +
            $"{judged.Width} x {judged.Height} like the picture to evaluate."));
        return Resampler.Resize(content, judged.Width, judged.Height);
    }

    private Picture Load(PictureSource source)
    {
        InputFile file = InputFile.Load(context, source);
        Warn(file.Warnings);
        return Resized(file.Picture);
    }

    private Style LoadStyle(PictureSource source)
    {
        StyleInput input = StyleInput.Load(context, source);
        Warn(input.Warnings);
        return input.Style.Picture is Picture artwork ? Resized(artwork) : input.Style;
    }

    private Picture Resized(Picture picture)
        => Options.Size is int side ? Resampler.Resize(picture, side) : picture;

    private void Warn(IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
            context.Report(new Note(warning, IsWarning: true));
    }

    private void CheckGradient(PictureSource[] sources)
    {
        if (GradientPath is not string path)
        {
            return;
        }

        if (path == OutputFile.StandardOutput)
        {
            throw CodedException.Usage("gradient cannot be written to standard output.", "name a file", "gradient");
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
