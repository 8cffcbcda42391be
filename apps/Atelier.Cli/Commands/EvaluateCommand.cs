using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Engine;
using Atelier.Losses;
using Atelier.Recipes;
using Atelier.Workshop.Engines;
using Atelier.Workshop.Evaluations;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Recipes;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier evaluate</c>: evaluates the objective for a picture, term by term, and its gradient.</summary>
internal sealed class EvaluateCommand
{
    private readonly Host _host;
    private readonly Argument<string> _image = new("IMAGE")
    {
        Description = "The picture to evaluate, or - for standard input; the recipe in a result is used",
    };

    private readonly Option<string?> _content = new("--content")
    {
        Description = "The photograph; not needed if --content-weight is 0 or IMAGE contains a recipe",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _styles = SharedOptions.Styles();
    private readonly Option<string?> _palette = SharedOptions.Palette();
    private readonly Option<string> _size =
        SharedOptions.Size("Resize every picture to this long side first [default: keep their sizes]");

    private readonly Option<string?> _gradient = new("--gradient")
    {
        Description = "Also write the gradient dLoss/dRGB, 3 x H x W, for RGB in [0, 1]",
        HelpName = "FILE.safetensors",
    };

    private readonly Option<string> _engine = SharedOptions.Engine();
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
        _options = new OptionSet(host, command, TableOptions.All.Where(option => option.AffectsObjective));
        foreach (Option option in (Option[])[_engine, _threads, _precision, _json, _force])
            command.Add(option);
        command.SetAction((ParseResult parse) => Run(parse));
    }

    public static Command Create(Host host)
    {
        Command command = new("evaluate", "Evaluate the objective for a picture, term by term.");
        _ = new EvaluateCommand(host, command);
        return command;
    }

    private int Run(ParseResult parse)
    {
        string image = parse.GetRequiredValue(_image);
        Reproduction? painted = PaintedWith(parse, image);
        Recipe recipe = painted is null ? _options.Resolve(parse) : _options.Override(
            parse, painted.Recipe with { Options = painted.GetOptions(null, isResized: false, null) });
        int? size = parse.GetValue(_size) is string text ? TableOptions.Size.Change(recipe.Options, text).Size : null;
        EngineOptions engine = EngineCatalog.Select(parse.GetValue(_engine)!, parse.GetValue(_threads)) with
        {
            Precision = parse.GetValue(_precision) ?? Precision.Single,
        };
        Evaluation evaluation = new PictureEvaluation(_host.CreateContext(), engine)
        {
            Image = new PictureSource("image", image),
            Sources = painted is null ? SourcesOf(parse, recipe) : painted.GetSources(new PictureOverrides
            {
                Content = parse.GetValue(_content),
                Styles = parse.GetValue(_styles) ?? [],
                Guides = _guides.Read(parse),
                Palette = parse.GetValue(_palette),
            }),
            Options = recipe.Options with { Size = size, Scales = [] },
            GradientPath = parse.GetValue(_gradient),
            Force = parse.GetValue(_force),
        }.Run();
        Report(evaluation, parse.GetValue(_json));
        return ExitCode.Done;
    }

    /// <summary>Returns the recipe embedded in the picture, which applies unless a preset or a recipe is
    /// given.</summary>
    private Reproduction? PaintedWith(ParseResult parse, string image)
    {
        if (image == InputFile.StandardInput || Directory.Exists(image) || !InputFile.Exists(image)
            || _options.HasBasis(parse))
        {
            return null;
        }

        Reproduction? painted = Reproduction.TryOpen(_host.CreateContext(), image);
        if (painted is not null)
        {
            _host.Error.WriteLine($"using the recipe in '{image}'; --preset normal ignores it");
        }

        return painted;
    }

    private PaintSources SourcesOf(ParseResult parse, Recipe recipe)
    {
        string? content = parse.GetValue(_content) ?? recipe.Content?.Path;
        return new PaintSources
        {
            Content = content is null ? null : new PictureSource("content", content, "content"),
            Styles = PaintSources.ResolveStyles(parse.GetValue(_styles), recipe),
            Guides = GuideSources.Resolve(_guides.Read(parse), recipe),
            Palette = PaintSources.ResolvePalette(parse.GetValue(_palette), recipe),
        };
    }

    private void Report(Evaluation evaluation, bool json)
    {
        if (json)
        {
            EvaluateDocument document = new(evaluation.Loss, TermDetail.From(evaluation.Terms));
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
