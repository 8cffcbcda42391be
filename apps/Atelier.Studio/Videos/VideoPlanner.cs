using Atelier.Imaging;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Video;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

namespace Atelier.Studio.Videos;

/// <summary>Predicts the time and memory of a video before it begins.</summary>
/// <param name="folder">Where the files are.</param>
/// <param name="clips">Reads the clip.</param>
/// <param name="work">Makes the trial.</param>
public sealed class VideoPlanner(StudioFolder folder, ClipReader clips, SideWork work)
{
    /// <summary>Predicts, from a short trial with the first frame, for which whatever is painted waits.</summary>
    /// <param name="choice">What is to be painted; complete.</param>
    /// <param name="cancel">Ends the trial.</param>
    /// <exception cref="AtelierException">It cannot be painted: too little memory, a file that is gone, …</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public Task<VideoPlan> PlanAsync(VideoChoice choice, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(choice);
        if (choice.Video.Validate() is { Count: > 0 } problems)
        {
            throw new OptionsException(problems);
        }

        return work.InterruptAsync((_, stop) => Plan(choice, stop), cancel);
    }

    private VideoPlan Plan(VideoChoice choice, CancellationToken cancel)
    {
        Picture frame = clips.Read(choice.Clip!, choice.From);
        LoadedSources loaded =
            ChosenSources.Of(choice.Look, folder).Load(new WorkshopContext { Cancel = cancel }, work.Engine);
        using VideoStylizer stylizer = new(work.Engine);
        VideoRequest request = choice.RequestWith(loaded) with { Video = choice.Video };
        return stylizer.Plan(request, frame, cancel: cancel);
    }
}
