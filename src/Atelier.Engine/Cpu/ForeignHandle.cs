namespace Atelier.Engine.Cpu;

/// <summary>What is wrong when the processor's engine is given the tensor, map or filter of another one.</summary>
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
