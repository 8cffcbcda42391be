using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Networks;
using Atelier.Workshop.Inputs;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier weights</c>: inspects weight files of other programs and imports networks from them. </summary>
internal static class WeightsCommand
{
    public static Command Create(Host host)
        => new("weights", "Manage the weight files of networks.")
        {
            WeightsGetCommand.Create(host), WeightsGetCommand.CreateList(host), WeightsImportCommand.Create(host),
            CreateShow(host), WeightsVerifyCommand.Create(host),
        };

    /// <summary>The option that specifies the network's input convention instead of detecting it.</summary>
    public static Option<InputConvention?> Input()
    {
        string[] names = [.. InputConvention.Known.Select(known => known.Name)];
        Option<InputConvention?> input = new("--input")
        {
            Description = "Input convention that the network was trained with [default: as detected]",
            HelpName = string.Join('|', names),
            CustomParser = result =>
            {
                try
                {
                    return InputConvention.Parse(result.Tokens[0].Value);
                }
                catch (OptionsException error)
                {
                    result.AddError($"--input: {error.Message}");
                    return null;
                }
            },
        };
        input.CompletionSources.Add(names);
        return input;
    }

    /// <summary>Describes a recognized network for the JSON output.</summary>
    public static WeightsNetwork Describe(ImportedNetwork network) => new(
        network.Definition.Name, network.Definition.ConvolutionsPerBlock, network.Widths, network.Input.Name,
        network.Input.Mean, network.Input.Std, network.Sources);

    /// <summary>Describes a recognized network in one line.</summary>
    public static string Line(ImportedNetwork network)
        => $"{network.Definition.Name} of {network.Widths.Length} convolutions, {network.Widths[0]} to " +
            $"{network.Widths.Max()} channels, input {network.Input.Name}";

    private static Command CreateShow(Host host)
    {
        Argument<string> file = new("FILE") { Description = "The weight file" };
        Option<InputConvention?> input = Input();
        Option<bool> json = SharedOptions.Json();
        Command command = new("show", "Show the tensors of a weight file, and the network recognized in it.")
        {
            file, input, json,
        };
        command.SetAction((ParseResult parse) =>
        {
            string path = parse.GetRequiredValue(file);
            InputFile.Require("weight file", path);
            Report(host, path, NetworkImport.Describe(path, parse.GetValue(input)), parse.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Report(Host host, string path, WeightFileContents contents, bool json)
    {
        if (json)
        {
            WeightsDocument document = new(
                Path.GetFullPath(path), contents.Format, contents.Tensors,
                contents.Network is null ? null : Describe(contents.Network), contents.Problem);
            host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.WeightsDocument));
            return;
        }

        host.Out.WriteLine($"format   {contents.Format}");
        string network = contents.Network is null ? $"none; {contents.Problem}" : Line(contents.Network);
        host.Out.WriteLine($"network  {network}");
        int width = contents.Tensors.Select(tensor => tensor.Name.Length).Append(0).Max();
        foreach (NamedShape tensor in contents.Tensors)
            host.Out.WriteLine($"  {tensor.Name.PadRight(width)}  {string.Join(" x ", tensor.Shape)}");
    }
}
