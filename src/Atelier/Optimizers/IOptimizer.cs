using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Optimizers;

/// <summary>Minimizes an objective. Owns the current point and its state.</summary>
/// <remarks><see cref="Numbers"/> and <see cref="Tensors"/> together are the complete state: an optimizer with the same
/// settings that receives them, numbers first, continues bit-identically.</remarks>
internal interface IOptimizer : IDisposable
{
    /// <summary>Copies the best estimate of the minimum so far. Changes nothing, and may be called between two steps
    /// from any thread.</summary>
    float[] ReadResult();

    /// <summary>The scalar part of the state. Setting it allocates the tensors.</summary>
    /// <exception cref="ArgumentException">The numbers do not belong to this kind of optimizer.</exception>
    ImmutableArray<double> Numbers { get; set; }

    /// <summary>The tensors of the state by name, each as large as the point; owned by the optimizer.</summary>
    IReadOnlyList<(string Name, Tensor Values)> Tensors { get; }

    /// <summary>Performs one iteration and returns the objective before it.</summary>
    double Step(IObjective objective);
}
