namespace Atelier.Studio.Texts;

/// <content>The texts of the queue.</content>
internal static partial class Words
{
    public static string Queue => Get();
    public static string QueueOpening => Get();
    public static string QueueEmpty => Get();
    public static string QueueCounts => Get();
    public static string QueueOwn => Get();
    public static string QueueOtherWorker => Get();
    public static string QueueShared => Get();
    public static string QueueOpen => Get();
    public static string QueueOver => Get();
    public static string QueueAgain => Get();
    public static string QueueAll => Get();
    public static string QueueAllHelp => Get();
    public static string IsQueued => Get();
    public static string AreQueued => Get();
    public static string JobWaits => Get();
    public static string JobOwner => Get();
    public static string JobGroup => Get();
    public static string JobPriority => Get();
    public static string JobAttempts => Get();
    public static string JobAdded => Get();
    public static string JobEnded => Get();
    public static string JobCanceled => Get();
    public static string JobWasElsewhere => Get();
    public static string PauseJob => Get();
    public static string ResumeJob => Get();
    public static string CancelJob => Get();
    public static string CancelJobNamed => Get();
    public static string RetryJob => Get();
    public static string OpenJob => Get();
    public static string DownloadJob => Get();
    public static string Workers => Get();
    public static string NoWorkers => Get();
    public static string WorkerHere => Get();
    public static string WorkerIdle => Get();
    public static string WorkerPaints => Get();
    public static string WorkerUse => Get();
    public static string WorkerSeen => Get();
    public static string WorkerLost => Get();
}
