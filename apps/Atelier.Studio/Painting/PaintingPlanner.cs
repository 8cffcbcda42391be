using Atelier.Engine;
using Atelier.Options;
using Atelier.Studio.Storage;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;

namespace Atelier.Studio.Painting;

/// <summary>Predicts the size, time and memory of a painting before it begins.</summary>
/// <param name="folder">Where the pictures are.</param>
/// <param name="engine">The engine.</param>
public sealed class PaintingPlanner(StudioFolder folder, EngineOptions engine)
{
    /// <summary>Predicts, from a short trial; a picture that is painted meanwhile makes it look longer.</summary>
    /// <param name="choice">What is to be painted; complete.</param>
    /// <param name="cancel">Ends the trial.</param>
    /// <exception cref="AtelierException">It cannot be painted: too little memory, a picture that is gone,
    /// …</exception>
    /// <exception cref="IOException">A picture cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public RunPlan Plan(PaintingChoice choice, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(choice);
        PaintSources sources = ChosenSources.Of(choice, folder);
        StylizeOptions options = NetworkCache.ForCurrentUser().Resolve(choice.Options);
        LoadedSources loaded = sources.Load(new WorkshopContext { Cancel = cancel }, engine);
        using Stylizer stylizer = new(engine);
        return stylizer.Plan(loaded.Request with { Options = options }, cancel: cancel);
    }
}
