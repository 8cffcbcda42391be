using Atelier.Engine;

namespace Atelier.Optimizers;

/// <summary>A function to be made small.</summary>
internal interface IObjective
{
    /// <summary>The value at x; its gradient goes to <paramref name="gradient"/>.</summary>
    double Evaluate(Tensor x, Tensor gradient);
}
