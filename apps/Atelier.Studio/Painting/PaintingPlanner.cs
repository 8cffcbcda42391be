using Atelier.Options;
using Atelier.Studio.Storage;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;

namespace Atelier.Studio.Painting;

/// <summary>Predicts the size, time and memory of a painting before it begins.</summary>
/// <param name="folder">Where the pictures are.</param>
/// <param name="work">Makes the trial.</param>
public sealed class PaintingPlanner(StudioFolder folder, SideWork work)
{
    /// <summary>Predicts, from a short trial, for which the picture of the painting room waits.</summary>
    /// <param name="choice">What is to be painted; complete.</param>
    /// <param name="cancel">Ends the trial.</param>
    /// <exception cref="AtelierException">It cannot be painted: too little memory, a picture that is gone,
    /// …</exception>
    /// <exception cref="IOException">A picture cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public Task<RunPlan> PlanAsync(PaintingChoice choice, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return work.InterruptAsync(
            (stylizer, stop) =>
            {
                StylizeOptions options = NetworkCache.ForCurrentUser().Resolve(choice.Options);
                LoadedSources loaded =
                    ChosenSources.Of(choice, folder).Load(new WorkshopContext { Cancel = stop }, work.Engine);
                return stylizer.Plan(loaded.Request with { Options = options }, cancel: stop);
            },
            cancel);
    }
}
