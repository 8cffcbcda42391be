using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Engine.OpenCl;
using Atelier.Imaging;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop;
using Atelier.Workshop.Formats;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier doctor</c>: reports what was detected on this machine.</summary>
internal static class DoctorCommand
{
    public static Command Create(Host host)
    {
        Option<bool> json = SharedOptions.Json();
        Command command = new(
            "doctor", "Report the processor, networks, picture formats and ffmpeg found on this machine.") { json };
        command.SetAction((ParseResult parse) =>
        {
            Machine found = Machine.Examine();
            DoctorDocument document = new(
                found.Version, found.Runtime, found.System, found.Processor, found.VectorBits,
                found.BFloat16UnavailableReason is string refusal ? $"no ({refusal})" : "yes", found.ProcessorCount,
                found.Networks, found.Ffmpeg?.Path, found.Ffmpeg?.Version,
                [.. ImageFormats.All.Select(format => format.Name)], found.Libvips,
                [.. found.Devices.Select(device => new DeviceDocument(
                    new OpenClProvider(device.Index).Name, device.Name, device.Platform, device.Driver, device.IsGpu,
                    device.ComputeUnits, device.Memory))],
                found.OpenClAttempts, found.HeicConverter?.Path);
            host.Out.WriteLine(parse.GetValue(json)
                ? JsonSerializer.Serialize(document, Documents.Readable.DoctorDocument)
                : Describe(document, found.LibvipsUnavailableReason));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Describe(DoctorDocument found, string? libvipsProblem) => $"""
        atelier    {found.Version}
        runtime    {found.Runtime}
        system     {found.System}
        processor  {found.Processor}
        vectors    {(found.VectorWidth == 0 ? "none" : $"{found.VectorWidth} bits")}
        AMX bf16   {found.Amx}
        threads    {found.Threads}
        networks   {string.Join(", ", found.Networks)} (embedded)
        ffmpeg     {(found.Ffmpeg is null
            ? $"not found; video files need it: {FfmpegTool.InstallHint}" : $"{found.Ffmpeg} ({found.FfmpegVersion})")}
        pictures   {string.Join(", ", found.Pictures)}
        libvips    {found.Libvips
            ?? $"cannot be used ({libvipsProblem}); WebP, AVIF and TIFF need it: install libvips 8"}
        OpenCL     {DevicesOf(found)}
        HEIC       {found.HeicConverter
            ?? $"no program for it was found; HEIC pictures need one: {HeicConverter.InstallHint}"}
        """;

    private static string DevicesOf(DoctorDocument found) => found.Devices.Count > 0
        ? string.Join("\n           ", found.Devices.Select(device =>
            $"{device.Engine}  {device.Name} ({device.Platform}, driver {device.Driver})" +
            (device.IsGraphicsCard ? "" : ", no graphics card: slower than the engine cpu")))
        : $"no device ({string.Join("; ", found.OpenCl)}); graphics cards need the driver of their maker";
}
