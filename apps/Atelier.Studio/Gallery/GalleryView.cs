using System.Collections.Immutable;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Gallery;

/// <summary>The results as one page shows them: those that match, and what was last deleted.</summary>
/// <param name="index">The results.</param>
/// <param name="stars">Their stars.</param>
/// <param name="trash">Where deleted ones go.</param>
public sealed class GalleryView(GalleryIndex index, Stars stars, Trash trash)
{
    private bool _wasStarred;

    /// <summary>All results, newest first.</summary>
    public IReadOnlyList<GalleryItem> Items { get; private set; } = [];

    /// <summary>Those that match.</summary>
    public ImmutableList<GalleryItem> Matching { get; private set; } = [];

    /// <summary>The names of those with a star.</summary>
    public ImmutableHashSet<string> Starred { get; private set; } = [];

    /// <summary>Words that each must contain.</summary>
    public string Query { get; private set; } = "";

    /// <summary>Whether each must have a star.</summary>
    public bool OnlyStarred { get; private set; }

    /// <summary>What was last deleted and can be taken back; null if nothing.</summary>
    public DeletedPicture? Deleted { get; private set; }

    /// <summary>Finds a result by the name of its file; null if there is none.</summary>
    public GalleryItem? Find(string? name) => Items.FirstOrDefault(item => item.Picture.Name == name);

    /// <summary>Looks at the folder again.</summary>
    /// <returns>Whether anything has changed.</returns>
    /// <exception cref="CodedException">The stars are damaged; the results are shown without.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public bool Refresh()
    {
        (IReadOnlyList<GalleryItem> items, ImmutableHashSet<string> starred) = (Items, Starred);
        Items = index.List();
        Match();
        Starred = stars.Read();
        Match();
        return !items.SequenceEqual(Items) || !starred.SetEquals(Starred);
    }

    /// <summary>Chooses which results match.</summary>
    public void Filter(string query, bool onlyStarred)
    {
        (Query, OnlyStarred) = (query, onlyStarred);
        Match();
    }

    /// <summary>Stars a result, or takes its star away.</summary>
    /// <exception cref="CodedException">The stars are damaged.</exception>
    /// <exception cref="IOException">The star cannot be kept.</exception>
    public void Star(GalleryItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Starred = stars.Set(item.Picture.Name, !Starred.Contains(item.Picture.Name));
        Match();
    }

    /// <summary>Moves a result to the trash.</summary>
    /// <returns>The result that takes its place; null if none is left.</returns>
    /// <exception cref="CodedException">It is gone, or the stars are damaged.</exception>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public GalleryItem? Delete(GalleryItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        int at = Math.Max(0, Matching.IndexOf(item));
        Deleted = trash.Delete(item.Picture);

        // Another result may get the name.
        _wasStarred = Starred.Contains(item.Picture.Name);
        stars.Set(item.Picture.Name, isStarred: false);
        Refresh();
        return Matching.IsEmpty ? null : Matching[Math.Min(at, Matching.Count - 1)];
    }

    /// <summary>Takes back what was last deleted, with its star.</summary>
    /// <exception cref="CodedException">The stars are damaged.</exception>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public void TakeBack()
    {
        if (Deleted is DeletedPicture deleted)
        {
            StoredPicture back = trash.TakeBack(deleted);
            Deleted = null;
            if (_wasStarred)
            {
                stars.Set(back.Name, isStarred: true);
            }

            Refresh();
        }
    }

    private void Match() => Matching =
    [
        .. Items.Where(item => item.Matches(Query) && (!OnlyStarred || Starred.Contains(item.Picture.Name))),
    ];
}
