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
        JobSpecification specification = JobSpecification.Parse(claim.SpecificationText);
        return specification.Kind switch
        {
            JobKind.Picture => new PictureWork(claim, specification, folder, options, budget),
            _ => throw new InvalidOperationException($"{specification.Kind} is not a kind of job."),
        };
    }
}
