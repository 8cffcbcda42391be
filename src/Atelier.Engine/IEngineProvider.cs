namespace Atelier.Engine;

/// <summary>Offers an engine by name: what an add-on gives to <see cref="EngineOptions.AddOns"/>.</summary>
public interface IEngineProvider
{
    /// <summary>The engine's name, in lower case, as in <c>opencl</c>.</summary>
    string Name { get; }

    /// <summary>A new engine. The caller disposes it.</summary>
    /// <param name="options">What is asked of it.</param>
    /// <exception cref="OptionsException">The machine cannot give what is asked.</exception>
    IEngine Create(EngineOptions options);
}
