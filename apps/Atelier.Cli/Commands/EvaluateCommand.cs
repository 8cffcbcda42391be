using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Styles;
using Atelier.Weights;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier evaluate</c>: the objective's value for a picture, term by term, and its gradient.</summary>
internal sealed class EvaluateCommand
{
    private readonly Host _host;
    private readonly Argument<string> _image = new("IMAGE")
    {
        Description = "The picture to judge, or - for standard input",
    };

    private readonly Option<string?> _content = new("--content")
    {
        Description = "The photograph, of the same size; not needed when --content-weight is 0",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _styles = SharedOptions.Styles();
    private readonly Option<string?> _palette = SharedOptions.Palette();
    private readonly Option<string> _size =
        SharedOptions.Size("Resize every picture to this long side first [default: as they are]");

    private readonly Option<string?> _gradient = new("--gradient")
    {
        Description = "Also write dLoss/dRGB, 3 x H x W, RGB in [0, 1]",
        HelpName = "FILE.safetensors",
    };

    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly Option<Precision?> _precision = SharedOptions.Precision("single");
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly Option<bool> _force = new("--force") { Description = "Replace an existing gradient file" };
    private readonly GuideOptions _guides;
    private readonly OptionSet _options;

    private EvaluateCommand(Host host, Command command)
    {
        _host = host;
        command.Add(_image);
        foreach (Option option in (Option[])[_content, _styles, _palette, _size, _gradient])
            command.Add(option);
        _guides = new GuideOptions(command);
        _options = new OptionSet(host, command, TableOptions.All.Where(option => option.ShapesObjective));
        foreach (Option option in (Option[])[_threads, _precision, _json, _force])
            command.Add(option);
        command.SetAction((ParseResult parse) => Run(parse));
    }

    public static Command Create(Host host)
    {
        Command command = new("evaluate", "Tell the value of the objective for a picture, term by term.");
        _ = new EvaluateCommand(host, command);
        return command;
    }

    private int Run(ParseResult parse)
    {
        string[] stylePaths = parse.GetValue(_styles) ?? [];
        string? contentPath = parse.GetValue(_content);
        Recipe recipe = _options.Resolve(parse);
        StylizeOptions options = recipe.Options;
        int? size = parse.GetValue(_size) is string text ? TableOptions.Size.Change(options, text).Size : null;
        options = options with { Size = size, Scales = [] };
        OptionSet.Validate(options, stylePaths.Length);
        PictureSource? palette = SharedOptions.PaletteSource(parse.GetValue(_palette));
        if (options.ContentWeight > 0 && contentPath is null)
        {
            throw CliException.Usage("no content picture is given.", "add --content FILE, or set --content-weight 0.");
        }

        PictureSource image = new("image", parse.GetRequiredValue(_image));
        bool usesContent = contentPath is not null && (options.ContentWeight > 0 || options.Color != ColorKind.Style);
        PictureSource? content = usesContent ? new("content", contentPath!, "--content") : null;
        PictureSource[] styles = options.StyleWeight > 0
            ? [.. stylePaths.Select(path => new PictureSource("style", path, "--style"))]
            : [];
        GuideSources guides = options.StyleWeight > 0 ? _guides.Read(parse, recipe) : GuideSources.None;
        PictureSource[] sources =
            [.. ((PictureSource?[])[image, content, palette, .. styles, .. guides.Files]).OfType<PictureSource>()];
        InputFile.Require(sources);
        string? gradient = parse.GetValue(_gradient);
        if (gradient is not null)
        {
            string[] inputs = [.. sources.Select(source => source.Path), options.Network];
            CheckGradient(gradient, inputs, parse.GetValue(_force));
        }

        Picture Load(PictureSource source)
        {
            InputFile file = InputFile.Load(_host, source);
            Notes.Warn(_host, _host.HasColor, file.Warnings);
            return SharedOptions.Resized(file.Picture, size);
        }

        Style LoadStyle(PictureSource source)
        {
            StyleInput input = StyleInput.Load(_host, source);
            Notes.Warn(_host, _host.HasColor, input.Warnings);
            return input.Style.Picture is Picture artwork ? SharedOptions.Resized(artwork, size) : input.Style;
        }

        EngineOptions engine = new()
        {
            Threads = parse.GetValue(_threads),
            Precision = parse.GetValue(_precision) ?? Precision.Single,
        };
        Picture judged = Load(image);
        Picture? photograph = content is null ? null : Load(content);
        Style[] artworks = [.. styles.Select(LoadStyle)];
        LoadedGuides loaded = guides.Load(
            _host, styles.Length, count => LabelSources.Find(count, photograph ?? judged, artworks, engine));
        Notes.Warn(_host, _host.HasColor, loaded.Warnings);
        using IPainter painter = _host.CreatePainter(engine);
        Evaluation evaluation = painter.Evaluate(
            judged, photograph, artworks,
            styles.Length == 0 ? options with { StyleWeights = [] } : options, loaded.Guides,
            palette is null ? null : Load(palette));
        Notes.Warn(_host, _host.HasColor, evaluation.Warnings);
        _host.Interrupt.ThrowIfCancellationRequested();
        WriteGradient(gradient, evaluation);
        Tell(evaluation, parse.GetValue(_json));
        return ExitCode.Done;
    }

    private static void CheckGradient(string path, IEnumerable<string> inputs, bool force)
    {
        if (path == OutputFile.StandardOutput)
        {
            throw CliException.Usage("--gradient cannot go to standard output.", "name a file.");
        }

        OutputFile.RequireNoInput(path, inputs);
        OutputFile.RequireFolder(path);
        if (File.Exists(path) && !force)
        {
            throw CliException.Failed("output.exists", $"gradient '{path}' exists.", "add --force to replace it.");
        }
    }

    private static void WriteGradient(string? path, Evaluation evaluation)
    {
        if (path is not null)
        {
            WeightTensor gradient = new([3, evaluation.Height, evaluation.Width], evaluation.Gradient);
            SafetensorsWriter.Write(path, new WeightStore
            {
                Tensors = ImmutableSortedDictionary<string, WeightTensor>.Empty.Add("gradient", gradient),
            });
        }
    }

    private void Tell(Evaluation evaluation, bool json)
    {
        if (json)
        {
            EvaluateDocument document = new(evaluation.Loss, evaluation.Terms);
            _host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.EvaluateDocument));
            return;
        }

        int width = evaluation.Terms.Select(term => term.Name.Length).Append("total".Length).Max();
        foreach (LossTerm term in evaluation.Terms)
        {
            _host.Out.WriteLine(FormattableString.Invariant(
                $"{term.Name.PadRight(width)}  {term.Value,14:G7}  weight {term.Weight:G7}"));
        }

        _host.Out.WriteLine(FormattableString.Invariant($"{"total".PadRight(width)}  {evaluation.Loss,14:G7}"));
    }
}
