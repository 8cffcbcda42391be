using Atelier.Jobs.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace Atelier.Jobs.Workers;

/// <summary>The scheduler of a worker: Quartz, with its tables in the database of the queue.</summary>
internal static class QueueScheduler
{
    private const string Name = "atelier";

    // What the only worker of a folder left unfinished is found by its name when it starts again.
    private const string OnlyWorker = "only";
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(2);

    /// <summary>Creates it; it does not run yet. In PostgreSQL, its tables exist already, so that a worker need not be
    /// allowed to create any.</summary>
    internal static async Task<IScheduler> CreateAsync(Worker worker, CancellationToken cancel)
    {
        QueueAddress address = worker.Queue.Address;
        return await QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.Services.AddSingleton(worker);
            Configure(quartz, address.IsShared ? worker.Name : OnlyWorker);
            quartz.UseTimeProvider(worker.Options.Clock);
            quartz.UseDefaultThreadPool(worker.Options.Slots);
            quartz.UsePersistentStore(store =>
            {
                if (address.IsShared)
                {
                    store.UsePostgres(NpgsqlFactory.Instance, address.Connection);
                    store.UseClustering(clustering =>
                    {
                        clustering.CheckinInterval = worker.Options.CheckInInterval;
                        clustering.CheckinMisfireThreshold = worker.Options.CheckInThreshold;
                    });
                }
                else
                {
                    store.UseSqlite(file => file.DataSourceFactory
                        = _ => new FolderSource(address.Connection, isDurable: false));
                    store.ProvisionSchema();
                }
            });
        }).BuildScheduler(cancel);
    }

    /// <summary>Creates its tables in PostgreSQL.</summary>
    internal static async Task CreateTablesAsync(QueueAddress address, CancellationToken cancel)
    {
        IScheduler scheduler = await QuartzSchedulerBuilder.Create(quartz =>
        {
            Configure(quartz, "setup");
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, address.Connection);
                store.ProvisionSchema();
            });
        }).BuildScheduler(cancel);
        await scheduler.Shutdown(waitForJobsToComplete: false, cancel);
    }

    private static void Configure(IQuartzBuilder quartz, string instance) => quartz.ConfigureScheduler(scheduler =>
    {
        scheduler.InstanceName = Name;
        scheduler.InstanceId = instance;
        scheduler.IdleWaitTime = IdleWait;
        scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
    });
}
