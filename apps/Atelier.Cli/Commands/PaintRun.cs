using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;
using Atelier.Workshop.Paintings;

namespace Atelier.Cli.Commands;

/// <summary>Paints a picture and reports the result.</summary>
internal sealed class PaintRun(Host host, PaintChoice choice)
{
    /// <param name="alsoRead">Another file that the output never replaces; null for none.</param>
    public int Run(PaintSources sources, StylizeOptions options, string output, string? alsoRead = null)
    {
        WriteSettings write = choice.Write;
        if (output == OutputFile.StandardOutput && (write.Json || choice.Settings.HasCheckpoint))
        {
            string option = write.Json ? "--json" : choice.Settings.Resume ? "--resume" : "--save-every";
            sources.Require(options);
            throw CliException.Usage($"{option} cannot be used with -o -, which writes the picture to standard " +
                "output.", "name a file with -o FILE.");
        }

        host.RequireNoTerminal(output);
        PaintingResult result = new Painting(host.CreateContext(write.Quiet, write.NoColor), choice.Settings)
        {
            Sources = sources,
            AdditionalInputs = alsoRead is null ? [] : [alsoRead],
            Options = options,
            OutputPath = output,
            CreateReporter = () => write.Quiet ? null : new ProgressReporter(host),
        }.Run();
        Report(result);
        return result.Result.IsComplete ? ExitCode.Done : ExitCode.Interrupted;
    }

    private void Report(PaintingResult result)
    {
        (StylizeResult painted, WriteSettings write) = (result.Result, choice.Write);
        Picture picture = painted.Picture;
        List<string> warnings = [.. choice.Warnings, .. result.Warnings];
        if (!painted.IsComplete)
        {
            warnings.Add("interrupted; saved the best picture so far." +
                (choice.Settings.HasCheckpoint ? " Continue with --resume." : ""));
        }

        Notes.Warn(host, host.HasColor && !write.NoColor, warnings);
        if (!write.Quiet)
        {
            host.Error.WriteLine(FormattableString.Invariant(
                $"{result.Output.Path}  {picture.Width} x {picture.Height}  {result.Seconds:F1} s"));
        }

        if (write.Json)
        {
            StylizeDocument document = new(
                result.Output.FullPath, picture.Width, picture.Height, painted.IsComplete, result.Seconds,
                TermDetail.From(painted.Terms), painted.Scales, JsonElement.Parse(result.Recipe.ToJson()), warnings);
            host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.StylizeDocument));
        }
    }
}
