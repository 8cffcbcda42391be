using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Video.Flow;

namespace Atelier.Video;

/// <content>Finding the scenes of a video without painting it.</content>
public sealed partial class VideoStylizer
{
    /// <summary>Finds the scenes of a video, which are those that <see cref="Stylize"/> begins. Each can be painted by
    /// a run of its own (<see cref="SceneSource"/>), also on another machine, and a last run joins them
    /// (<see cref="VideoCheckpointOptions.Scenes"/>), with the same frames as one run over the whole video. Only a
    /// <see cref="VideoOptions.Loop"/> leads from one scene into another.</summary>
    /// <param name="source">The video; not disposed.</param>
    /// <param name="options">The options of each frame.</param>
    /// <param name="video">The options of the video.</param>
    /// <param name="progress">Receives the number of frames that have been looked at, on the calling thread.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <returns>The scenes in order, which contain every frame; empty if there are no frames.</returns>
    /// <exception cref="AtelierException">A frame is damaged.</exception>
    /// <exception cref="IOException">A frame cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    public ImmutableArray<VideoScene> FindScenes(
        IFrameSource source, StylizeOptions options, VideoOptions video, Action<int>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(video);
        (int, int) size = GetOutputSize(source.Format, options);
        OpticalFlow flow = new(_stylizer.Workers);
        List<int> first = [];
        PlanarPicture? before = null;
        int count = 0;
        for (; source.Read() is VideoFrame frame; count++)
        {
            cancel.ThrowIfCancellationRequested();
            PlanarPicture content = FramePainter.Fit(frame.Picture.Visible, size);
            if (before is null || IsCut(before, content))
            {
                first.Add(count);
            }

            before = content;
            progress?.Invoke(count + 1);
        }

        return [.. first.Zip(first.Skip(1).Append(count), (start, end) => new VideoScene(start, end - start))];

        // Motion takes time, and most frames have the colors of the one before.
        bool IsCut(PlanarPicture earlier, PlanarPicture later) => SceneCuts.MayBeBetween(earlier, later, video)
            && SceneCuts.IsBetween(earlier, later, FrameMotion.Between(flow, later, earlier), video);
    }
}
