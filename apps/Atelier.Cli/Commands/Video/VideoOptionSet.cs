using System.CommandLine;
using System.CommandLine.Parsing;
using Atelier.Options;
using Atelier.Video;

namespace Atelier.Cli.Commands.Video;

/// <summary>The options of <c>video</c> that are defined in <see cref="VideoOptionTable"/>. The report is requested by
/// its file. </summary>
internal sealed class VideoOptionSet
{
    private readonly IReadOnlyList<(OptionDefinition<VideoOptions> Definition, Option Option)> _options =
        [.. VideoOptionTable.All.Where(definition => definition.Name != "report")
            .Select(definition => (definition, Create(definition)))];

    public VideoOptionSet(Command command)
    {
        foreach ((OptionDefinition<VideoOptions> _, Option option) in _options)
            command.Add(option);
    }

    public VideoOptions Read(ParseResult parse)
    {
        VideoOptions options = VideoOptions.Default;
        foreach ((OptionDefinition<VideoOptions> definition, Option option) in _options)
        {
            if (parse.GetResult(option) is OptionResult { Implicit: false } given)
            {
                options = definition.Change(
                    options, given.Tokens is [{ Value: string text }] ? Word(definition, text) : definition.Alone!);
            }
        }

        return options;
    }

    // A switch takes no separate value, so that IN may follow it; only --loop=false turns it off.
    private static Option Create(OptionDefinition<VideoOptions> definition)
        => definition.Kind == OptionKind.Switch
            ? new Option<bool>(TableOptions.NameOf(definition)) { Description = definition.Help }
            : TableOptions.Create(definition, VideoOptions.Default);

    private static string Word(OptionDefinition<VideoOptions> definition, string text)
        => definition.Kind == OptionKind.Switch && bool.TryParse(text, out bool isOn)
            ? definition.Words[isOn ? 0 : 1]
            : text;
}
