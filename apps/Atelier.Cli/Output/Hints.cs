using Atelier.Video.Ffmpeg;
using Atelier.Workshop;

namespace Atelier.Cli.Output;

/// <summary>What to do about a failure, in the words of this command line.</summary>
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
        ("ffmpeg.missing", null) => $"{FfmpegTool.InstallHint}, or name it with {Variables.Ffmpeg}=FILE. " +
            "Folders of pictures and .gif need none.",
        ("style.format", _) => "make a style file of it with 'atelier style extract'.",
        ("run.format", _) => "create one with 'atelier stylize … --json > run.json'.",
        ("memory", _) => "use a smaller --size.",
        ("internal", _) => "add --debug to see a stack trace.",
        (_, "resume") => "fix the problem, then add --resume to continue from the finished frames.",
        ("usage", "content") => "add --content FILE, or set --content-weight 0.",
        ("usage", "style-regions") => "add --regions FILE, the label picture of the photograph.",
        ("usage", "vary") => "give one or two, like --vary style-weight=0.5,1,2 --vary tv-weight=0,6.",
        ("usage", "network") => "for a file that you have, use 'atelier weights import FILE'.",
        _ => failure.Remedy is null ? null : $"{WithOption(failure.Remedy, failure.Option)}.",
    };

    /// <summary>What to type, where a problem's remedy is a command of its own.</summary>
    public static string? For(OptionsException error)
        => error.Problems.Any(problem => problem.Option == "style-region"
            && problem.Fault.Contains("style file", StringComparison.Ordinal))
            ? "'atelier style extract --region' takes a part of an artwork."
            : null;

    /// <summary>The message, which names an option as it is written here where the option is its subject.</summary>
    public static string Message(Failure failure)
        => failure.Option is string option && failure.Message.StartsWith($"{option} ", StringComparison.Ordinal)
            ? $"--{failure.Message}"
            : failure.Message;

    private static string WithOption(string remedy, string? option)
    {
        string written = option == "output" ? "-o" : $"--{option}";
        return option is null ? remedy
            : remedy == "leave it out" ? $"leave {written} out"
            : remedy.StartsWith("name ", StringComparison.Ordinal) ? $"{remedy} with {written} FILE"
            : remedy;
    }
}
