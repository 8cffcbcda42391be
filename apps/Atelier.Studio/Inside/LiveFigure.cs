using System.Collections.Immutable;
using Atelier.Studio.Painting;

namespace Atelier.Studio.Inside;

/// <summary>One or several small paintings side by side, which are changed together and race one another.</summary>
public sealed class LiveFigure : IDisposable
{
    private readonly Action<LiveFigure> _close;
    private bool _isDisposed;

    internal LiveFigure(ImmutableArray<SmallPainting> panels, Action<LiveFigure> close)
    {
        (Panels, _close) = (panels, close);
        foreach (SmallPainting panel in panels)
            panel.Changed += () => Changed?.Invoke();
    }

    /// <summary>Raised, on any thread, when anything has changed.</summary>
    public event Action? Changed;

    /// <summary>Identifies the figure in addresses.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The paintings, from left to right.</summary>
    public ImmutableArray<SmallPainting> Panels { get; }

    /// <summary>What watches the first painting's Gram matrices, which ends with the figure, at once if it is over;
    /// null if nothing does.</summary>
    public GramWatch? Grams
    {
        get;
        set
        {
            field?.Dispose();
            field = _isDisposed ? null : value;
            if (_isDisposed)
            {
                value?.Dispose();
            }
        }
    }

    /// <summary>Whether it waits until a real picture is complete.</summary>
    public bool GivesWay => Panels.Any(panel => panel.GivesWay);

    /// <summary>Whether some of it is being painted or opened.</summary>
    public bool IsActive
        => Panels.Any(panel => panel.State is PaintingState.Opening or PaintingState.Painting);

    /// <summary>The address of a painting's frames, without the number of the frame.</summary>
    public string FramesOf(int panel) => $"inside/figures/{Id}/{panel}/frames";

    /// <summary>Paints something else, as far as possible in what is there.</summary>
    /// <param name="plans">As many as there are panels.</param>
    public void Show(IReadOnlyList<PanelPlan> plans)
    {
        ArgumentNullException.ThrowIfNull(plans);
        foreach ((SmallPainting panel, PanelPlan plan) in Panels.Zip(plans))
            panel.Show(plan);
    }

    /// <summary>Paints the same again, from the start.</summary>
    public void Again()
    {
        foreach (SmallPainting panel in Panels)
            panel.Again();
    }

    /// <summary>Makes it wait, or lets it go on.</summary>
    public void TogglePause()
    {
        bool pauses = IsActive;
        foreach (SmallPainting panel in Panels)
        {
            if (pauses)
            {
                panel.Pause();
            }
            else
            {
                panel.Resume();
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _close(this);
        Grams = null;
        foreach (SmallPainting panel in Panels)
            panel.Dispose();
    }
}
