using System.Runtime.InteropServices;
using Atelier.Engine.Cpu;
using Atelier.Engine.OpenCl;
using Atelier.Imaging.Vips;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop.Formats;

namespace Atelier.Workshop;

/// <summary>The properties of this machine that matter to Atelier.</summary>
/// <param name="Version">The version of Atelier.</param>
/// <param name="Runtime">The name and version of the .NET runtime.</param>
/// <param name="System">The operating system and its architecture.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="VectorBits">The vector width in bits; 0 if vectors are not used.</param>
/// <param name="BFloat16UnavailableReason">Why bfloat16 is unavailable; null if it is available.</param>
/// <param name="ProcessorCount">Number of processors available to this process.</param>
/// <param name="Networks">Names of the available networks.</param>
/// <param name="Ffmpeg">The ffmpeg that would be used; null if there is none.</param>
/// <param name="Libvips">The version of libvips; null if it cannot be used.</param>
/// <param name="LibvipsUnavailableReason">Why libvips cannot be used; null if it can.</param>
/// <param name="Devices">The devices of OpenCL, in the order of their numbers.</param>
/// <param name="OpenClAttempts">What was done to find the OpenCL library, a sentence for each attempt.</param>
/// <param name="HeicConverter">The program that would read HEIC pictures; null if there is none.</param>
public sealed record Machine(
    string Version, string Runtime, string System, string Processor, int VectorBits, string? BFloat16UnavailableReason,
    int ProcessorCount, IReadOnlyList<string> Networks, FfmpegTool? Ffmpeg, string? Libvips,
    string? LibvipsUnavailableReason, IReadOnlyList<OpenClDevice> Devices, IReadOnlyList<string> OpenClAttempts,
    HeicConverter? HeicConverter)
{
    /// <summary>Memory that this process may use, in bytes: that of the machine, or of its container.</summary>
    public static long AvailableMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Examines this machine.</summary>
    public static Machine Examine()
    {
        PictureFormats.Register();
        EngineInfo engine = EngineInfo.Current;
        return new Machine(
            Recipe.LibraryVersion, RuntimeInformation.FrameworkDescription,
            $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}", NameOfProcessor(),
            engine.VectorBits, engine.BFloat16UnavailableReason, engine.ProcessorCount,
            [StylizeOptions.Default.Network], TryFindFfmpeg(), VipsFormats.Version, VipsFormats.UnavailableReason,
            OpenClDevice.List(), OpenClDevice.LibraryAttempts, PictureFormats.FindHeicConverter());
    }

    /// <summary>Finds ffmpeg: the given one, or the one in <see cref="Variables.Ffmpeg"/>, or otherwise the one on the
    /// path.</summary>
    /// <param name="chosen">The program or its folder; null to search for it.</param>
    /// <exception cref="CodedException">It was not found (<c>ffmpeg.missing</c>), or cannot be started.</exception>
    /// <exception cref="AtelierException">It does not run.</exception>
    public static FfmpegTool FindFfmpeg(string? chosen = null)
        => FfmpegTool.Find(chosen ?? Variables.FfmpegPath, Variables.ProgramFolders);

    private static FfmpegTool? TryFindFfmpeg()
    {
        try
        {
            return FindFfmpeg();
        }
        catch (AtelierException)
        {
            return null;
        }
    }

    private static string NameOfProcessor()
    {
        const string Linux = "/proc/cpuinfo";
        string? line = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : Variables.Processor;
        return line?.Split(':', 2)[^1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
