namespace Atelier.Engine.Cpu;

/// <summary>The error if the CPU engine receives a tensor, map or filter of another engine.</summary>
internal static class ForeignHandle
{
    internal static ArgumentException Error(object handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return new ArgumentException(
            $"A {handle.GetType().FullName} was given to the engine '{CpuEngine.Name}', which did not make it: an " +
            "engine computes with its own tensors, maps and filters only. Take all of them from one engine.");
    }
}
