using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Recipes;
using Atelier.Studio.Storage;
using Atelier.Workshop;

namespace Atelier.Studio.Painting;

/// <content>Where the painting is kept.</content>
public sealed partial class LivePainting
{
    private Recipe? _recipe;
    private StylizeRequest? _request;

    /// <summary>The file in which the complete picture was saved; null before that.</summary>
    public StoredPicture? Saved { get; private set; }

    /// <summary>Whether there is a picture to save.</summary>
    public bool HasPicture => _picture is not null;

    /// <summary>Saves the picture as it is now, with its recipe.</summary>
    /// <returns>The file; null if there is no picture yet.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public StoredPicture? Save() => _picture is Func<Picture> picture
        ? _folder.Create(PictureKind.Results, ResultName, stream => Write(picture(), stream))
        : null;

    /// <summary>Writes the picture as it is now as a PNG, with its recipe.</summary>
    /// <returns>Whether there is a picture.</returns>
    public bool Write(Stream stream)
    {
        Func<Picture>? picture = _picture;
        if (picture is not null)
        {
            Write(picture(), stream);
        }

        return picture is not null;
    }

    /// <summary>The name of its results.</summary>
    public string ResultName => Choice.ResultName;

    /// <summary>Saves the complete picture. If that fails, as on a full disk, <see cref="Failure"/> says why, and it
    /// can be tried again.</summary>
    public void SaveComplete()
    {
        try
        {
            SaveResult();
            Failure = null;
            _unfinished?.Delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failure = Failure.FromException(error);
        }

        Changed?.Invoke();
    }

    /// <summary>Saves the complete picture. One that went on after it had been complete replaces its earlier
    /// state.</summary>
    private void SaveResult()
    {
        if (Saved is StoredPicture saved && _folder.Find(saved.Kind, saved.Name) is string path)
        {
            AtomicFile.Write(path, stream => Write(_picture!(), stream));
        }
        else
        {
            Saved = Save();
        }
    }

    /// <summary>Names a file anew, also in the recipe.</summary>
    internal void Rename(StoredPicture before, StoredPicture after)
    {
        string old = CommandLine.PathOf(before, _folder), now = CommandLine.PathOf(after, _folder);
        lock (_lock)
        {
            Choice = Choice.Renamed(before, after);
            _recipe = _recipe is null ? null : _recipe with
            {
                Content = Named(_recipe.Content),
                Styles = [.. _recipe.Styles.Select(style => Named(style)!)],
            };
        }

        RecipePicture? Named(RecipePicture? picture) => picture?.Path == old ? picture with { Path = now } : picture;
    }

    private void Write(Picture picture, Stream stream)
    {
        Recipe recipe = RecipeNow();
        KeepMasksOf(recipe);
        PictureFile.Save(recipe.EmbedIn(picture), stream, ".png");
    }

    private Recipe RecipeNow()
    {
        lock (_lock)
        {
            return RecipeOf(_session?.Request ?? _request!);
        }
    }

    /// <summary>Returns the recipe with all changes, so that it gives the same pixels.</summary>
    private Recipe RecipeOf(StylizeRequest request)
    {
        (StylizeOptions present, SpatialGuides guides) = (request.Options, request.Guides);
        List<RecipeChange> changes = [];
        foreach (StylizeChange change in request.Changes)
        {
            changes.Add(RecipeChange.Create(change.AfterIteration, present, change.Options) with
            {
                Masks = change.Guides is null || change.Guides == guides
                    ? null
                    : Using(change.Guides, _guides).Names,
            });
            (present, guides) = (change.Options, change.Guides ?? guides);
        }

        // The request knows the network by its file.
        StylizeOptions options = request.Options with { Network = Choice.Options.Network };
        return _recipe! with { Options = options, Changes = [.. changes] };
    }
}
