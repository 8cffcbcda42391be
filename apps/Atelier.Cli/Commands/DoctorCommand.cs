using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Cli.Video;
using Atelier.Engine.Cpu;
using Atelier.Options;
using Atelier.Recipes;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier doctor</c>: what was found on this machine.</summary>
internal static class DoctorCommand
{
    public static Command Create(Host host)
    {
        Option<bool> json = SharedOptions.Json();
        Command command = new("doctor", "Tell what was found on this machine.") { json };
        command.SetAction((ParseResult parse) =>
        {
            DoctorDocument document = Examine();
            host.Out.WriteLine(parse.GetValue(json)
                ? JsonSerializer.Serialize(document, Documents.Readable.DoctorDocument)
                : Describe(document));
            return ExitCode.Done;
        });
        return command;
    }

    private static DoctorDocument Examine()
    {
        Ffmpeg? ffmpeg = FindFfmpeg();
        return new DoctorDocument(
            Recipe.LibraryVersion, RuntimeInformation.FrameworkDescription,
            $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}", Processor(),
            EngineInfo.Current.VectorBits,
            EngineInfo.Current.BFloat16Refusal is string refusal ? $"no ({refusal})" : "yes",
            EngineInfo.Current.Processors, [StylizeOptions.Default.Network], ffmpeg?.Path, ffmpeg?.Version);
    }

    private static string Describe(DoctorDocument found) => $"""
        atelier    {found.Version}
        runtime    {found.Runtime}
        system     {found.System}
        processor  {found.Processor}
        vectors    {(found.VectorWidth == 0 ? "none" : $"{found.VectorWidth} bits")}
        AMX bf16   {found.Amx}
        threads    {found.Threads}
        networks   {string.Join(", ", found.Networks)} (embedded)
        ffmpeg     {(found.Ffmpeg is null
            ? $"not found; video files need it: {Ffmpeg.InstallHint}" : $"{found.Ffmpeg} ({found.FfmpegVersion})")}
        """;

    private static string Processor()
    {
        const string Linux = "/proc/cpuinfo";
        string? line = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return line?.Split(':', 2)[^1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static Ffmpeg? FindFfmpeg()
    {
        try
        {
            return Ffmpeg.Find();
        }
        catch (Exception error) when (error is CliException or AtelierException)
        {
            return null;
        }
    }
}
