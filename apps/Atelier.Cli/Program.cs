using System.CommandLine;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Engine;
using Atelier.Workshop.Formats;

namespace Atelier.Cli;

internal static class Program
{
    public static int Main(string[] args)
    {
        if (Environment.GetEnvironmentVariable("ATELIER_AMX") == "0")
        {
            AppContext.SetSwitch(EngineOptions.AmxSwitch, false);
        }

        NativeHeap.ReturnLargeBlocks();
        using Interruption interruption = new(TimeProvider.System);
        Host host = Host.CreateForProcess(interruption.Token);
        interruption.OnFirst = host.ReportStopping;
        IDisposable[] registrations = interruption.Listen();
        int code = Run(args, host);
        foreach (IDisposable registration in registrations)
            registration.Dispose();
        return code;
    }

    /// <summary>Runs the tool. This is the only place where errors become messages and exit codes.</summary>
    internal static int Run(string[] args, Host host)
    {
        try
        {
            // Commands list the formats.
            PictureFormats.Register();
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
            return FailureReport.Of(error).Report(host, args, error);
        }
    }
}
