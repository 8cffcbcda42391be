using System.CommandLine;
using Atelier.Imaging;

namespace Atelier.Cli.Commands;

/// <summary>The options of writing a picture and reporting about it.</summary>
internal sealed class WriteOptions
{
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly Option<bool> _force = new("--force")
    {
        Description = "Replace a file that is not an earlier result",
    };

    private readonly Option<bool> _quiet = SharedOptions.Quiet();
    private readonly Option<bool> _noColor = new("--no-color") { Description = "Do not color the messages" };
    private readonly Option<int> _quality = SharedOptions.Whole(
        "--quality", "Quality of a JPEG or WebP, 1 to 100", 1, 100);
    private readonly Option<bool> _lossless = new("--lossless")
    {
        Description = "Keep every sample of a WebP exactly, in a larger file",
    };

    private readonly Option<int?> _bitDepth = new("--bit-depth")
    {
        Description = "Bits per sample of a PNG or TIFF [default: as in CONTENT or RESULT]",
        HelpName = "8|16",
    };

    private readonly Option<bool> _strip = new("--strip")
    {
        Description = "Write no metadata: neither the photograph's (EXIF, XMP, IPTC, resolution) nor the recipe",
    };

    private readonly Option<bool> _keepLocation = new("--keep-location")
    {
        Description = "Keep the GPS position in the photograph's metadata, which is otherwise left out",
    };

    public WriteOptions(Command command)
    {
        _quality.DefaultValueFactory = _ => EncodeOptions.Default.Quality;
        _bitDepth.CompletionSources.Add("8", "16");
        _bitDepth.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (text is not ("8" or "16"))
            {
                result.AddError($"--bit-depth is '{text}'; give 8 or 16.");
            }

            return text == "16" ? 16 : 8;
        };
        foreach (Option option in (Option[])
            [_json, _force, _quiet, _noColor, _quality, _lossless, _bitDepth, _strip, _keepLocation])
        {
            command.Add(option);
        }
    }

    public WriteSettings Read(ParseResult parse) => new()
    {
        Encode = EncodeOptions.Default with
        {
            Quality = parse.GetValue(_quality),
            Lossless = parse.GetValue(_lossless),
            BitDepth = parse.GetValue(_bitDepth),
            StripMetadata = parse.GetValue(_strip),
            KeepLocation = parse.GetValue(_keepLocation),
        },
        Json = parse.GetValue(_json),
        Force = parse.GetValue(_force),
        Quiet = parse.GetValue(_quiet),
        NoColor = parse.GetValue(_noColor),
    };
}

/// <summary>The values of <see cref="WriteOptions"/>.</summary>
internal record WriteSettings
{
    public required EncodeOptions Encode { get; init; }

    public required bool Json { get; init; }

    public required bool Force { get; init; }

    public required bool Quiet { get; init; }

    public required bool NoColor { get; init; }
}
