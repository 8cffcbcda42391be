namespace Atelier.Engine;

/// <summary>Provides an engine under a name. An add-on implements it, and a program lists it in <see
/// cref="EngineOptions.AddOns"/>.</summary>
public interface IEngineProvider
{
    /// <summary>The engine's name, in lower case, as in <c>opencl</c>.</summary>
    string Name { get; }

    /// <summary>Creates an engine. The caller disposes it.</summary>
    /// <param name="options">The options of the engine.</param>
    /// <exception cref="OptionsException">The engine does not support the options on this machine.</exception>
    IEngine Create(EngineOptions options);
}
