using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;

namespace Atelier.Pyramid;

/// <summary>The pictures that a scale of a run begins with.</summary>
/// <param name="Content">The photograph, including the margin; null for a texture.</param>
/// <param name="Styles">The artworks.</param>
/// <param name="Guidance">The masks.</param>
/// <param name="Start">The initial picture, including the margin.</param>
/// <param name="Preserved">The preserved pixels, without the margin; null if there are none.</param>
internal sealed record StagePictures(
    ContentTarget? Content, SizedStyle[] Styles, ResolvedGuides Guidance, PlanarPicture Start,
    PreservedContent? Preserved)
{
    /// <summary>Creates the pictures; nothing else that this takes is referenced afterwards.</summary>
    /// <param name="run">The prepared run.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="previous">The result of the previous scale; null for the first.</param>
    internal static StagePictures Create(PreparedRun run, PyramidScale scale, PlanarPicture? previous)
    {
        (int width, int height, int margin) = (scale.Width, scale.Height, run.Options.PaintedMargin);
        ContentTarget? content = run.ContentAt(height, width);
        HeldMemory.Free(run, scale);
        PlanarPicture photograph = content?.Picture ?? new(height, width, new float[3 * height * width]);
        int longSide = Math.Max(1, (int)Math.Round(scale.LongSide * run.Options.StyleScale));
        ResolvedGuides guidance = ResolvedGuides.Create(run.Guides, run.StyleCount, height, width, margin);
        SizedStyle[] styles = [.. run.Styles.Select(
            (style, i) => SizedStyle.Fit(style, run.Guides.RegionOf(i), longSide) with
            {
                RegionTitle = run.Guides.RegionTitles.ElementAtOrDefault(i),
            })];
        PlanarPicture start = previous is not null
            ? Enlarge(run, previous, photograph).Clamp()
            : StartingPicture.Create(run.Options, run.Initial, photograph, styles);
        PreservedContent? preserved = run.PreservedAt(height, width);
        start = (preserved?.Pin(start).Clamp() ?? start).Extend(margin);
        return new StagePictures(content?.Extend(margin), styles, guidance, start, preserved);
    }

    /// <summary>Enlarges the result of the previous scale, and adds a share of the photograph's detail that only this
    /// scale has.</summary>
    /// <param name="run">The prepared run.</param>
    /// <param name="previous">The result of the previous scale.</param>
    /// <param name="content">The photograph at this scale, as <see cref="PreparedRun.ContentAt"/> returns it.</param>
    /// <returns>A picture whose samples may exceed [0, 1].</returns>
    internal static PlanarPicture Enlarge(PreparedRun run, PlanarPicture previous, PlanarPicture content)
    {
        (int height, int width, bool isTileable) = (content.Height, content.Width, run.Options.Tileable);
        PlanarPicture enlarged = previous.Resize(height, width, isTileable);
        if (run.Options.Detail == 0 || run.Content is null)
        {
            return enlarged;
        }

        float share = (float)run.Options.Detail;
        PlanarPicture coarse = content.Resize(previous.Height, previous.Width, isTileable)
            .Resize(height, width, isTileable);
        float[] values = enlarged.Values;
        for (int i = 0; i < values.Length; i++)
            values[i] += share * (content.Values[i] - coarse.Values[i]);
        return enlarged;
    }
}
