using System.CommandLine;
using System.Runtime.InteropServices;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Engine;

namespace Atelier.Cli;

internal static class Program
{
    public static int Main(string[] args)
    {
        if (Environment.GetEnvironmentVariable("ATELIER_AMX") == "0")
        {
            AppContext.SetSwitch(EngineOptions.AmxSwitch, false);
        }

        using CancellationTokenSource interrupt = new();
        void OnSignal(PosixSignalContext signal)
        {
            // The first signal asks for the best picture so far; the second is left to the system, which ends us.
            signal.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        }

        using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        return Run(args, Host.OfProcess(interrupt.Token));
    }

    /// <summary>Runs the tool; the one place where errors become messages and exit codes.</summary>
    internal static int Run(string[] args, Host host)
    {
        try
        {
            ParseResult parse = CommandTree.Parse(args, host);
            return parse.Invoke(new InvocationConfiguration
            {
                Output = host.Out,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception error)
        {
            return Failure.Of(error).Report(host, args, error);
        }
    }
}
