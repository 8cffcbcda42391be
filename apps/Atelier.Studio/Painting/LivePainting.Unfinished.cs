using Atelier.Options;
using Atelier.Recipes;
using Atelier.Studio.Storage;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

namespace Atelier.Studio.Painting;

/// <content>How it goes on after the studio has ended, even if the studio was killed.</content>
public sealed partial class LivePainting
{
    // Saving takes time in proportion to the pixels; the share of painting that it takes stays below a few percent.
    private const double SecondsBetweenSaves = 3, SecondsForMegapixel = 5;

    // A change is what a person would miss first.
    private const int SoonerAfterChange = 3;

    private readonly UnfinishedPainting? _earlier;
    private UnfinishedFile? _unfinished;
    private bool _isSuspended;
    private int _savedChanges;
    private long? _lastSave;

    /// <summary>Ends it; it can go on when a studio is started again.</summary>
    internal void Suspend()
    {
        _isSuspended = true;
        Dispose();
    }

    /// <summary>Whether it was begun in a studio that has ended since. Moments before that are forgotten.</summary>
    public bool HasBegunBefore => _earlier is not null;

    /// <summary>The changes that were made before the studio ended, with the masks after each.</summary>
    private IEnumerable<(RecipeChange Change, GuideSources? Guides)> EarlierChanges()
    {
        StylizeOptions present = Choice.Options;
        foreach ((RecipeChange change, PaintingMasks? masks) in _earlier?.Changes ?? [])
        {
            present = change.Apply(present);
            yield return (change, masks is null
                ? null
                : GuideSources.Resolve(masks.PathsIn(_folder, present), new Recipe()));
        }
    }

    /// <summary>Remembers the masks of these changes, which the recipe names again.</summary>
    private void KnowEarlierMasks(StylizeRequest request, Recipe recipe)
    {
        foreach (((_, PaintingMasks? masks), StylizeChange change, RecipeChange named) in
            (_earlier?.Changes ?? []).Zip(request.Changes, recipe.Changes))
        {
            if (masks is not null)
            {
                _guides.Add(new MaskedGuides(
                    masks, masks.PathsIn(_folder, change.Options), change.Guides!, named.Masks!));
            }
        }
    }

    private CheckpointOptions? CreateCheckpoint(StylizeRequest request)
    {
        try
        {
            _unfinished ??= UnfinishedFile.Create(_folder, ResultName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            WarnOfLoss(error);
            return null;
        }

        return new CheckpointOptions
        {
            Path = _unfinished.FilePath,
            Recipe = RecipeOf(request),
            RecipeNow = RecipeToSave,
            Every = 1,
            Resume = HasBegunBefore,
            OnFailure = WarnOfLoss,
        };
    }

    /// <summary>Returns what is saved after an iteration; null if nothing need be.</summary>
    private Recipe? RecipeToSave()
    {
        if (_end.IsCancellationRequested)
        {
            return _isSuspended ? RecipeNow() : null;
        }

        Recipe recipe = RecipeNow();
        double pause = Math.Max(SecondsBetweenSaves, SecondsForMegapixel * FinalSize.Width * FinalSize.Height / 1e6)
            / (recipe.Changes.Length == _savedChanges ? 1 : SoonerAfterChange);
        if (_lastSave is long last && _clock.GetElapsedTime(last).TotalSeconds < pause)
        {
            return null;
        }

        (_lastSave, _savedChanges) = (_clock.GetTimestamp(), recipe.Changes.Length);
        return recipe;
    }

    /// <summary>Notes which result it replaces when it is complete again, even after the studio has
    /// ended.</summary>
    private void KeepResult()
    {
        try
        {
            _unfinished?.Result = Saved?.Name;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // At worst, there are two results.
        }
    }

    /// <summary>Returns the result that it had before the studio ended; null if there was none.</summary>
    private StoredPicture? EarlierResult()
    {
        try
        {
            return _unfinished?.Result is string name && _folder.Find(PictureKind.Results, name) is not null
                ? new StoredPicture(PictureKind.Results, name)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void WarnOfLoss(Exception error) => Warnings = [.. Warnings.Union(
        [$"If the studio ends, this painting cannot go on later: {Failure.FromException(error).Message}"])];

    /// <summary>Puts a file aside from which the painting could not go on.</summary>
    private Failure AfterFailure(Failure failure) => !HasBegunBefore ? failure : failure with
    {
        Message = $"The unfinished painting cannot go on: {failure.Message} " +
            $"It was put aside as '{_unfinished!.PutAside()}'.",
        Remedy = null,
    };

    /// <summary>Lets go of the file, which stays if the painting can go on, or was not to end.</summary>
    private void CloseUnfinished()
    {
        if (!_isSuspended && Failure is null)
        {
            _unfinished?.Delete();
        }
        else if (_recipe is not null && _request is not null)
        {
            KeepMasksOf(RecipeNow());
        }

        _unfinished?.Dispose();
    }
}
