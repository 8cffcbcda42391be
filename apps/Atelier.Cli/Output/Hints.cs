using Atelier.Video.Ffmpeg;
using Atelier.Weights;
using Atelier.Workshop;

namespace Atelier.Cli.Output;

/// <summary>Words hints for failures in terms of this command line.</summary>
internal static class Hints
{
    public static string? Of(Failure failure) => (failure.Code, failure.Option) switch
    {
        ("output.exists", "regions") => "if you corrected it, pass it back with --regions FILE and " +
            "--style-regions FILE; or add --force to replace it.",
        ("output.exists", string option) => $"add --force to replace it, or name another file with --{option} FILE.",
        ("output.exists", null) => "add --force to replace it, or name another file with -o FILE.",
        ("checkpoint.exists" or "spool.exists", _) => "add --resume to continue it, or --force to start over.",
        ("network.missing", string network) =>
            $"download it with 'atelier weights get {network}', or use the embedded network 'compact'.",
        ("ffmpeg.missing", null) => $"{FfmpegTool.InstallHint}, or set {Variables.Ffmpeg} to its path. " +
            "Folders of pictures and .gif do not need it.",
        ("input.style-file", _) => "give it with --style FILE.",
        ("input.folder", null or "style") => "name a file; 'atelier batch' paints whole folders.",
        ("style.format", _) => "create a style file from it with 'atelier style extract'.",
        ("run.format", _) => "create one with 'atelier stylize … --json > run.json'.",
        ("memory", _) => "use a smaller --size.",
        ("internal", _) => "add --debug to see a stack trace.",
        (_, "resume") => "fix the problem, then add --resume to continue from the finished frames.",
        ("usage", "content") => "add --content FILE, or set --content-weight 0.",
        ("usage", "style-regions") => "add --regions FILE, the label picture of the photograph.",
        ("usage", "vary") => "vary one or two options, like --vary style-weight=0.5,1,2 --vary tv-weight=0,6.",
        ("usage", "network") => "to use a weight file of your own, import it with 'atelier weights import FILE'.",
        _ => failure.Remedy is null ? null : $"{WithOption(failure.Remedy, failure.Option)}.",
    };

    /// <summary>Returns a hint if a problem is solved by another command; otherwise null.</summary>
    public static string? For(Exception error) => error switch
    {
        OptionsException options when options.Problems.Any(problem => problem.Option == "style-region"
            && problem.Fault.Contains("style file", StringComparison.Ordinal)) =>
            "use 'atelier style extract --region' to extract part of an artwork.",
        WeightFormatException when error.Message.Contains("input convention", StringComparison.Ordinal) =>
            "use 'atelier weights import --input rgb01-imagenet' or '--input bgr255-caffe'.",
        WeightFormatException when error.Message.Contains("not a style file", StringComparison.Ordinal) =>
            "use 'atelier style extract'.",
        _ => null,
    };

    /// <summary>Returns the message, with the option in the form of the command line if it is the subject.</summary>
    public static string Message(Failure failure)
        => failure.Option is string option && failure.Message.StartsWith($"{option} ", StringComparison.Ordinal)
            ? $"--{failure.Message}"
            : failure.Message;

    private static string WithOption(string remedy, string? option)
    {
        string written = option == "output" ? "-o" : $"--{option}";
        return option is null ? remedy
            : remedy == "leave it out" ? $"leave {written} out"
            : remedy.StartsWith("name ", StringComparison.Ordinal) ? $"{remedy} with {written} " +
                (remedy.EndsWith("folder", StringComparison.Ordinal) ? "FOLDER" : "FILE")
            : remedy;
    }
}
