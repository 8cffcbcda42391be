using Atelier.Guides;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

namespace Atelier.Studio.Painting;

/// <content>Masks, which a person paints while it is painted.</content>
public sealed partial class LivePainting
{
    // All that the recipe may have to name.
    private readonly List<MaskedGuides> _guides = [];
    private PaintingMasks _masks;

    /// <summary>The masks that act, or will as soon as possible.</summary>
    public PaintingMasks Masks
    {
        get
        {
            lock (_lock)
            {
                return _masks;
            }
        }
    }

    /// <summary>The masks that act, as paths of their files.</summary>
    public GuidePaths Guides
    {
        get
        {
            lock (_lock)
            {
                return _session is StylizeSession session ? InUse(session).Paths
                    : _guides.Count > 0 ? _guides[0].Paths
                    : new GuidePaths();
            }
        }
    }

    /// <summary>Changes the masks of the running picture, and keeps its options.</summary>
    /// <returns>Ends when the change has been taken or refused.</returns>
    public Task SteerMasksAsync(Func<PaintingMasks, PaintingMasks> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return WantAsync(() => _masks = change(_masks));
    }

    /// <summary>Loads masks; null if those of the session are the same.</summary>
    private SpatialGuides? GuidesOf(PaintingMasks masks, StylizeOptions options, StylizeSession session)
    {
        MaskedGuides present = InUse(session);
        GuidePaths paths = masks.PathsIn(_folder, options);
        if (masks == present.Masks && CommandLine.Of(paths) == CommandLine.Of(present.Paths))
        {
            return null;
        }

        LoadedGuides loaded = GuideSources.Resolve(paths, new Recipe()).Load(
            new WorkshopContext { Cancel = _end.Token }, Choice.Artworks.Length,
            AutoRegionsKnown);
        lock (_lock)
        {
            _guides.Add(new MaskedGuides(masks, paths, loaded.Guides, RecipeMasks.Of(loaded.Names)));
        }

        return loaded.Guides;
    }

    /// <summary>The regions that were found when the painting began.</summary>
    private RegionLabels AutoRegionsKnown(int count)
    {
        lock (_lock)
        {
            return _guides.First(each => each.Masks.AutoRegions == count).Guides.Labels!;
        }
    }

    /// <summary>The names of all masks that it shows, or may return to.</summary>
    internal IReadOnlyList<string> MasksInUse
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _guides.Select(each => each.Masks).Append(_masks).Append(Choice.Masks)
                        .SelectMany(masks => masks.Pictures).Select(picture => picture.Name),
                    .. _guides.SelectMany(each => NamesIn(each.Names)),
                ];
            }
        }
    }

    private static IEnumerable<string> NamesIn(RecipeMasks masks)
        => ((RecipePicture?[])
            [
                masks.Preserve, masks.ColorMask, masks.Labels, .. masks.StyleMasks, .. masks.StyleLabels,
            ]).OfType<RecipePicture>().Select(picture => picture.Path);

    /// <summary>A recipe that stays names its masks, which stay too.</summary>
    private void KeepMasksOf(Recipe recipe) => _folder.PassingMasks.Keep(
        recipe.Changes.Select(change => change.Masks).OfType<RecipeMasks>().Append(RecipeMasks.Of(recipe))
            .SelectMany(NamesIn));

    private MaskedGuides InUse(StylizeSession session)
    {
        lock (_lock)
        {
            return Using(session.Guides, _guides);
        }
    }

    private static MaskedGuides Using(SpatialGuides guides, IEnumerable<MaskedGuides> known)
        => known.First(each => ReferenceEquals(each.Guides, guides));

    /// <summary>Forgets masks that neither the painting nor its recipe has any more.</summary>
    private void ForgetUnused(StylizeSession session)
    {
        lock (_lock)
        {
            StylizeRequest request = session.Request;
            HashSet<SpatialGuides?> used = new(
                [request.Guides, session.Guides, .. request.Changes.Select(change => change.Guides)],
                ReferenceEqualityComparer.Instance);

            // The newest may be on its way to the session.
            MaskedGuides newest = _guides[^1];
            _guides.RemoveAll(each => each != newest && !used.Contains(each.Guides));
        }
    }

    /// <summary>Masks, and what the library and a recipe know of them.</summary>
    private sealed record MaskedGuides(
        PaintingMasks Masks, GuidePaths Paths, SpatialGuides Guides, RecipeMasks Names);
}
