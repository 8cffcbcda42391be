using System.Globalization;

namespace Atelier.Engine.OpenCl;

/// <summary>Provides the engine on a device of OpenCL, for <see cref="EngineOptions.AddOns"/>.</summary>
/// <param name="index">The device's index in <see cref="OpenClDevice.List"/>; null for the first, whose name has no
/// number.</param>
public sealed class OpenClProvider(int? index = null) : IEngineProvider
{
    /// <summary>The engine's name, without the number of a device.</summary>
    public const string EngineName = "opencl";

    /// <inheritdoc/>
    public string Name => index is int device
        ? string.Create(CultureInfo.InvariantCulture, $"{EngineName}:{device}") : EngineName;

    /// <inheritdoc/>
    public IEngine Create(EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<OpenClDevice> devices = OpenClDevice.List();
        if (options.Precision is not (Precision.Auto or Precision.Single))
        {
            throw new OptionsException(new Problem(
                "precision",
                $"is '{options.Precision.ToString().ToLowerInvariant()}', which the engine '{Name}' does not have",
                "use 'single' or 'auto'"));
        }

        return devices.ElementAtOrDefault(index ?? 0) is OpenClDevice device
            ? new OpenClEngine(device)
            : throw new OptionsException(new Problem(
                "engine",
                devices.Count == 0
                    ? $"is '{Name}', but OpenCL has no device here ({string.Join("; ", OpenClDevice.LibraryAttempts)})"
                    : $"is '{Name}', but the devices are numbered 0 to {devices.Count - 1}",
                devices.Count == 0 ? "install the driver of the graphics card, or use 'cpu'" : "name one of them"));
    }
}
