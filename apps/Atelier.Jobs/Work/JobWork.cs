using Atelier.Imaging;
using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;

namespace Atelier.Jobs.Work;

/// <summary>What a job does: reads its files from a folder, and leaves its result there.</summary>
/// <param name="claim">The job.</param>
/// <param name="specification">What to make.</param>
/// <param name="folder">A folder for this attempt alone, which is removed after it.</param>
internal abstract class JobWork(Claim claim, JobSpecification specification, string folder)
{
    private const string CheckpointName = "checkpoint", OutputName = "output";

    /// <summary>The job.</summary>
    protected Claim Claim => claim;

    /// <summary>What to make.</summary>
    protected JobSpecification Specification => specification;

    /// <summary>The folder of this attempt.</summary>
    protected string Folder => folder;

    /// <summary>The finished part, 0–1.</summary>
    internal double Progress { get; private protected set; }

    /// <summary>What is being done; null if nothing is known.</summary>
    internal string? Activity { get; private protected set; }

    /// <summary>The file from which the job can go on, if it exists.</summary>
    internal virtual string CheckpointPath => Path.Combine(folder, CheckpointName);

    /// <summary>The file of the result.</summary>
    internal virtual string OutputPath => Path.Combine(folder, OutputName + Path.GetExtension(specification.Name));

    /// <summary>Jobs that have to be done before this one goes on; empty if it has a result. They need no blobs that
    /// this job does not hold.</summary>
    internal IReadOnlyList<NewJob> Parts { get; private protected set; } = [];

    /// <summary>Returns a picture of the unfinished result; null if there is none.</summary>
    internal virtual Picture? Preview() => null;

    /// <summary>Copies the files of the job to its folder.</summary>
    internal abstract Task FetchAsync(IBlobStore blobs, CancellationToken cancel);

    /// <summary>Returns what went wrong in the names that its reader knows: the folder is the worker's own.</summary>
    internal virtual string Worded(string problem)
        => problem.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    /// <summary>Copies the checkpoint to the folder. Without it, the job begins anew.</summary>
    protected async Task FetchCheckpointAsync(IBlobStore blobs, CancellationToken cancel)
    {
        if (claim.Checkpoint is not BlobKey key)
        {
            return;
        }

        try
        {
            await JobInputs.FetchAsync(blobs, key, CheckpointPath, cancel);
        }
        catch (Exception error) when (error is FileNotFoundException or InvalidDataException)
        {
            File.Delete(CheckpointPath);
        }
    }

    /// <summary>Does it, on the calling thread. Returns whether it was completed; if not, it was canceled, and the
    /// checkpoint says from where it can go on.</summary>
    internal abstract bool Run(CancellationToken cancel);
}
