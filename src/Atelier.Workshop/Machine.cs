using System.Runtime.InteropServices;
using Atelier.Engine.Cpu;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Video.Ffmpeg;

namespace Atelier.Workshop;

/// <summary>What was found on this machine.</summary>
/// <param name="Version">The library's version.</param>
/// <param name="Runtime">The runtime, as it calls itself.</param>
/// <param name="System">The system and its architecture.</param>
/// <param name="Processor">The processor, as it calls itself.</param>
/// <param name="VectorBits">Bits of the vector registers that are used; 0 for none.</param>
/// <param name="BFloat16UnavailableReason">Why bfloat16 cannot be had; null where it can.</param>
/// <param name="ProcessorCount">Processors that can be used at once.</param>
/// <param name="Networks">Networks that can be named: the embedded one.</param>
/// <param name="Ffmpeg">The ffmpeg that would be used; null for none.</param>
public sealed record Machine(
    string Version, string Runtime, string System, string Processor, int VectorBits, string? BFloat16UnavailableReason,
    int ProcessorCount, IReadOnlyList<string> Networks, FfmpegTool? Ffmpeg)
{
    /// <summary>Looks at this machine.</summary>
    public static Machine Examine()
    {
        EngineInfo engine = EngineInfo.Current;
        return new Machine(
            Recipe.LibraryVersion, RuntimeInformation.FrameworkDescription,
            $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}", NameOfProcessor(),
            engine.VectorBits, engine.BFloat16UnavailableReason, engine.ProcessorCount, [StylizeOptions.Default.Network],
            TryFindFfmpeg());
    }

    /// <summary>The ffmpeg of this machine: the one that is chosen, or that <see cref="Variables.Ffmpeg"/> names, or
    /// else the one on the path.</summary>
    /// <param name="chosen">The program or its folder; null for none.</param>
    /// <exception cref="CodedException">It is not here (<c>ffmpeg.missing</c>), or cannot be started.</exception>
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
