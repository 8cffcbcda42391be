using Atelier.Engine;

namespace Atelier.Optimizers;

/// <summary>A function to minimize.</summary>
internal interface IObjective
{
    /// <summary>Returns the value at x and writes its gradient to <paramref name="gradient"/>.</summary>
    double Evaluate(Tensor x, Tensor gradient);
}
