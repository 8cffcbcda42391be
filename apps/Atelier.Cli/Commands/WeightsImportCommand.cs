using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Networks;
using Atelier.Workshop.Networks;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier weights import</c>: extracts the convolutions of another program's weight file for
/// <c>--network</c>. </summary>
internal sealed class WeightsImportCommand
{
    private readonly Host _host;
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "The weight file: PyTorch, NumPy, ONNX, Keras (HDF5), MatConvNet (MATLAB 5) or safetensors",
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The network file",
        HelpName = $"OUT{WeightFiles.Extension}",
        Required = true,
    };

    private readonly Option<InputConvention?> _input = WeightsCommand.Input();
    private readonly Option<bool> _half = new("--half")
    {
        Description = "Store each weight in 16 bits, which halves the file size",
    };

    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly Option<bool> _force = new("--force") { Description = "Replace an existing file" };

    private WeightsImportCommand(Host host, Command command)
    {
        _host = host;
        command.Add(_file);
        foreach (Option option in (Option[])[_output, _input, _half, _json, _force])
            command.Add(option);
        command.SetAction((ParseResult parse) => Run(parse));
    }

    public static Command Create(Host host)
    {
        Command import = new("import", "Import a VGG network from a weight file of another program.");
        _ = new WeightsImportCommand(host, import);
        return import;
    }

    private int Run(ParseResult parse)
    {
        string file = parse.GetRequiredValue(_file), output = parse.GetRequiredValue(_output);
        ImportedNetwork network = WeightFiles.Import(
            file, output, parse.GetValue(_input), parse.GetValue(_half), parse.GetValue(_force));
        Notes.Warn(_host, _host.HasColor, network.Warnings);
        long bytes = new FileInfo(output).Length;
        if (parse.GetValue(_json))
        {
            WeightsImportDocument document = new(
                Path.GetFullPath(output), bytes, WeightsCommand.Describe(network), network.Warnings);
            _host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.WeightsImportDocument));
        }
        else
        {
            _host.Error.WriteLine($"{output}  {(bytes + 999) / 1000} kB  {WeightsCommand.Line(network)}");
        }

        return ExitCode.Done;
    }
}
