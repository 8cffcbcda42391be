using System.Globalization;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Engine.OpenCl;

namespace Atelier.Workshop.Engines;

/// <summary>The engines that programs offer, by the names that users give: <c>cpu</c>, <c>opencl</c> for the first
/// device of OpenCL, <c>opencl:1</c> for the second, and <c>auto</c> for the fastest.</summary>
public static class EngineCatalog
{
    /// <summary>The name that selects the fastest engine.</summary>
    public const string Auto = "auto";

    /// <summary>The names, as a help page shows them.</summary>
    public const string Names = $"{Auto}|{CpuEngine.Name}|{OpenClProvider.EngineName}[:N]";

    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException">There is no such engine; the message lists those that there are.</exception>
    public static string ParseName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text is Auto or CpuEngine.Name || TryParseDevice(text, out _)
            ? text
            : throw new FormatException(
                $"'{text}' is not an engine; give {Auto}, {CpuEngine.Name}, {OpenClProvider.EngineName} or " +
                $"{OpenClProvider.EngineName}:N, where N is the number of a device.");
    }

    /// <summary>Returns the options of an engine. <c>auto</c> takes a graphics card if it is faster than the processor
    /// in a race of a second, and never a device that is no graphics card; if the card fails later, the processor
    /// paints the picture anew.</summary>
    /// <param name="name">A name that <see cref="ParseName"/> accepts.</param>
    /// <param name="threads">Number of threads, as in <see cref="EngineOptions.Threads"/>.</param>
    public static EngineOptions Select(string name, int threads)
    {
        EngineOptions cpu = new() { Threads = threads };
        return name == Auto ? WithFallback(EngineRace.Fastest([cpu, .. GraphicsCards(threads)]), cpu)
            : TryParseDevice(name, out int? index) ? ForDevice(index, threads)
            : cpu;
    }

    private static EngineOptions WithFallback(EngineOptions fastest, EngineOptions cpu)
        => fastest == cpu ? cpu : fastest with { Fallback = cpu };

    private static IEnumerable<EngineOptions> GraphicsCards(int threads)
        => OpenClDevice.List().Where(device => device.IsGpu).Select(device => ForDevice(device.Index, threads));

    private static EngineOptions ForDevice(int? index, int threads)
    {
        OpenClProvider provider = new(index);
        return new EngineOptions { Name = provider.Name, AddOns = [provider], Threads = threads };
    }

    private static bool TryParseDevice(string text, out int? index)
    {
        const string Prefix = OpenClProvider.EngineName + ":";
        index = null;
        if (text == OpenClProvider.EngineName)
        {
            return true;
        }

        bool hasNumber = text.StartsWith(Prefix, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && (index = number) is not null;
        return hasNumber;
    }
}
