using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Workers;
using Atelier.Workshop.Paintings;

namespace Atelier.Jobs.Work;

/// <summary>The kinds of jobs.</summary>
internal static class JobWorks
{
    /// <summary>Creates what a job does.</summary>
    internal static JobWork Create(Claim claim, string folder, WorkerOptions options, MemoryBudget budget)
    {
        if (!BlobKey.IsPerson(claim.Owner))
        {
            throw new AtelierException($"the job has no valid owner: '{claim.Owner}'.");
        }

        JobSpecification specification = JobSpecification.Parse(claim.SpecificationText);
        return specification.Kind switch
        {
            JobKind.Picture => new PictureWork(claim, specification, folder, options, budget),
            JobKind.Style => new StyleWork(claim, specification, folder, options),
            JobKind.Film => new FilmWork(claim, specification, folder, options, budget),
            JobKind.Scene => new SceneWork(claim, specification, folder, options, budget),
            _ => throw new InvalidOperationException($"{specification.Kind} is not a kind of job."),
        };
    }
}
