using System.Collections.Concurrent;
using Atelier.Engine;
using Atelier.Studio.Painting;

namespace Atelier.Studio.Inside;

/// <summary>Where the small paintings of figures are made: one iteration of one of them at a time, and none while
/// anything else is painted.</summary>
/// <param name="turns">Who computes.</param>
/// <param name="pictures">The pictures.</param>
/// <param name="engine">The engine.</param>
public sealed class FigureRoom(Turns turns, FigurePictures pictures, EngineOptions engine) : IDisposable
{
    private readonly ConcurrentDictionary<string, LiveFigure> _open = new();
    private readonly FigureTurns _turns = new(turns);

    /// <summary>Begins a figure. The page that shows it disposes it.</summary>
    /// <param name="plans">What to paint, for each panel.</param>
    public LiveFigure Open(IReadOnlyList<PanelPlan> plans)
    {
        ArgumentNullException.ThrowIfNull(plans);
        LiveFigure figure = new(
            [.. plans.Select(plan => new SmallPainting(plan, pictures, engine, _turns))],
            closed => _open.TryRemove(closed.Id, out _));
        _open[figure.Id] = figure;
        return figure;
    }

    /// <summary>Finds a figure that is open; null if there is none.</summary>
    public LiveFigure? Find(string id) => _open.GetValueOrDefault(id);

    /// <summary>Ends all figures.</summary>
    public void Dispose()
    {
        foreach (LiveFigure figure in _open.Values)
            figure.Dispose();
    }
}
