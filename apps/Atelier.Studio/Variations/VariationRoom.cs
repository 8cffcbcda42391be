using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop.Inputs;

namespace Atelier.Studio.Variations;

/// <summary>The grid of drafts, which all pages share: one at a time.</summary>
public sealed class VariationRoom : IDisposable
{
    private readonly PaintingRoom _room;
    private readonly SideWork _work;
    private readonly StudioFolder _folder;
    private readonly Lock _lock = new();
    private PaintingChoice? _basis;

    /// <summary>Creates a room without a grid.</summary>
    /// <param name="room">Where the picture is painted that drafts begin from.</param>
    /// <param name="work">Paints the drafts.</param>
    /// <param name="folder">Where pictures are.</param>
    public VariationRoom(PaintingRoom room, SideWork work, StudioFolder folder)
    {
        ArgumentNullException.ThrowIfNull(room);
        (_room, _work, _folder) = (room, work, folder);
        room.Changed += Forget;
    }

    /// <summary>Raised, on any thread, when there is another grid or basis.</summary>
    public event Action? Changed;

    /// <summary>The grid; null before the first.</summary>
    public VariationGrid? Current { get; private set; }

    /// <summary>The painting of the next grid: the one that was chosen for it, or that of the painting room, if it is
    /// newer, with its present options.</summary>
    public PaintingChoice Basis => _basis ?? (_room.Current is LivePainting painting
        ? painting.Choice with { Options = painting.Options, Masks = painting.Masks }
        : _room.Choice);

    /// <summary>Chooses the painting of the next grid.</summary>
    /// <param name="basis">The painting; null for that of the painting room.</param>
    public void Choose(PaintingChoice? basis)
    {
        lock (_lock)
        {
            _basis = basis;
            Replace(null);
        }

        Changed?.Invoke();
    }

    /// <summary>Begins a grid in place of the present one.</summary>
    public VariationGrid Begin(VariationPlan plan)
    {
        // Drafts are recipes too, and can be chosen after the painting has ended.
        GuidePaths guides = plan.Guides;
        _folder.PassingMasks.Keep(
        [
            .. plan.Basis.Masks.Pictures.Select(mask => mask.Name), .. guides.Masks, .. guides.StyleLabels,
            .. ((string?[])[guides.Preserve, guides.ColorMask, guides.Labels]).OfType<string>(),
        ]);
        VariationGrid grid = new(plan, _work, _folder);
        lock (_lock)
        {
            Replace(grid);
        }

        grid.GoOn();
        Changed?.Invoke();
        return grid;
    }

    /// <summary>Ends the grid.</summary>
    public void Dispose()
    {
        _room.Changed -= Forget;
        Current?.Dispose();
    }

    private void Forget()
    {
        lock (_lock)
        {
            _basis = null;
        }

        Changed?.Invoke();
    }

    private void Replace(VariationGrid? grid)
    {
        Current?.Dispose();
        Current = grid;
    }
}
