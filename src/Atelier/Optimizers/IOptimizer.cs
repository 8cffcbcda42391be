using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Optimizers;

/// <summary>Moves a point so that an objective becomes small. Owns its point and state.</summary>
/// <remarks><see cref="Numbers"/> and <see cref="Tensors"/> together are all that the next steps depend on: an
/// optimizer of the same settings that receives them, the numbers first, goes on to the same bits.</remarks>
internal interface IOptimizer : IDisposable
{
    /// <summary>Copies the best estimate of the minimum so far. Changes nothing, and may be called between two steps
    /// from any thread.</summary>
    float[] ReadResult();

    /// <summary>The part of the state that is single numbers. Setting them makes room for the tensors.</summary>
    /// <exception cref="ArgumentException">They are not those of an optimizer of this kind.</exception>
    ImmutableArray<double> Numbers { get; set; }

    /// <summary>The part of the state that is as large as the point, by name; the optimizer's own.</summary>
    IReadOnlyList<(string Name, Tensor Values)> Tensors { get; }

    /// <summary>One iteration. Returns the objective before it.</summary>
    double Step(IObjective objective);
}
