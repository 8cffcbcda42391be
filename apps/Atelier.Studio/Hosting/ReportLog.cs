using Microsoft.Extensions.Logging;

namespace Atelier.Studio.Hosting;

/// <summary>Hands errors of the server to the program, a line each.</summary>
/// <param name="report">Receives them.</param>
internal sealed class ReportLog(Action<string> report) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
        => report($"{formatter(state, exception)}{(exception is null ? "" : $" ({exception.Message})")}");

    public void Dispose()
    {
    }
}
