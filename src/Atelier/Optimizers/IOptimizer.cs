using Atelier.Tensors;

namespace Atelier.Optimizers;

/// <summary>Moves a point so that an objective becomes small. Owns its point and state.</summary>
internal interface IOptimizer : IDisposable
{
    /// <summary>The best estimate of the minimum so far; the optimizer's own, valid until the next step.</summary>
    Tensor Result { get; }

    /// <summary>One iteration. Returns the objective before it.</summary>
    double Step(IObjective objective);
}
