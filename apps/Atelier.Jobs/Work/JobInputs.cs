using Atelier.Imaging;
using Atelier.Jobs.Blobs;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

namespace Atelier.Jobs.Work;

/// <summary>The files of a job: stored as blobs when it is added, and copied to a folder of the worker when it
/// runs.</summary>
internal static class JobInputs
{
    /// <summary>Stores the files of a painting, unless its network is a file.</summary>
    /// <param name="context">Supplies standard input.</param>
    /// <param name="blobs">Where they are stored.</param>
    /// <param name="owner">Whose they are.</param>
    /// <param name="sources">The files.</param>
    /// <param name="options">All options.</param>
    /// <returns>The recipe, as JSON, with references to the files; and their blobs.</returns>
    /// <exception cref="CodedException">The network is a file of this machine.</exception>
    /// <exception cref="ImageFormatException">A file is not a picture.</exception>
    /// <exception cref="IOException">A file cannot be read or stored.</exception>
    internal static async Task<(string RecipeText, IReadOnlyList<BlobKey> Keys)> StoreAsync(
        WorkshopContext context, IBlobStore blobs, string owner, PaintSources sources, StylizeOptions options)
    {
        if (File.Exists(options.Network))
        {
            throw CodedException.Usage(
                $"the network '{options.Network}' is a file, which the machine that paints may not have.",
                "name the embedded network or one of 'atelier weights list'", "network");
        }

        Dictionary<string, RecipePicture> stored = [];
        List<BlobKey> keys = [];
        foreach (PictureSource source in sources.All.Where(source => !stored.ContainsKey(source.Path)))
        {
            byte[] bytes = InputFile.ReadBytes(context, source.Path);
            using MemoryStream content = new(bytes);
            BlobKey key = await blobs.PutAsync(owner, content, context.Cancel);
            keys.Add(key);
            stored.Add(source.Path, new RecipePicture(source.NamedAs, key.Sha256));
        }

        Recipe recipe = sources.Describe(source => stored[source.Path]) with { Options = options };
        return (recipe.ToJson(), keys);
    }

    /// <summary>Copies the files of a job to a folder.</summary>
    /// <returns>The files, where they are now; in recipes, they keep their names.</returns>
    /// <exception cref="AtelierException">The recipe names a file without its SHA-256.</exception>
    /// <exception cref="IOException">A file is not there, or is damaged.</exception>
    internal static async Task<PaintSources> FetchAsync(
        IBlobStore blobs, string owner, Recipe recipe, string folder, CancellationToken cancel)
    {
        HashSet<string> wanted = [];
        PaintSources sources = PaintSources.Of(recipe, (role, option, picture) =>
        {
            if (!BlobKey.IsDigest(picture.Sha256))
            {
                throw new AtelierException($"the job names {role} '{picture.Path}' without its SHA-256.");
            }

            wanted.Add(picture.Sha256!);

            // Nothing but the page is taken from the name.
            return new PictureSource(role, picture.Path, option).In(Path.Combine(folder, picture.Sha256!));
        });
        foreach (string sha256 in wanted)
            await FetchAsync(blobs, new BlobKey(owner, sha256), Path.Combine(folder, sha256), cancel);

        return sources;
    }

    /// <summary>Copies a blob to a file.</summary>
    /// <exception cref="IOException">It is not there, or is damaged.</exception>
    internal static async Task FetchAsync(IBlobStore blobs, BlobKey key, string path, CancellationToken cancel)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write);
        await blobs.CopyToAsync(key, file, cancel);
    }
}
