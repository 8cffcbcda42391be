using Quartz;

namespace Atelier.Jobs.Workers;

/// <summary>What Quartz runs: a job of the queue, by its identifier.</summary>
internal sealed class ScheduledJob(Worker worker) : IJob
{
    /// <summary>The key of the identifier in the data that Quartz keeps.</summary>
    internal const string IdKey = "id";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        => await worker.RunAsync(context.MergedJobDataMap.GetString(IdKey)!);
}
