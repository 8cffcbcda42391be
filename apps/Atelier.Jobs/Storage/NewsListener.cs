using Npgsql;

namespace Atelier.Jobs.Storage;

/// <summary>Listens to a PostgreSQL server, on a connection of its own, and again after each fault.</summary>
/// <param name="connection">How the server is reached.</param>
/// <param name="hear">Receives what is told.</param>
/// <param name="turn">Called when listening has begun or ended.</param>
internal sealed class NewsListener(string connection, Action<JobNews> hear, Action turn) : IAsyncDisposable
{
    /// <summary>The channel of PostgreSQL on which all is told.</summary>
    internal const string Channel = "atelier_jobs";

    // A network that carries nothing any more is noticed after two of these.
    private const int KeepAliveSeconds = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _connection = new NpgsqlConnectionStringBuilder(connection)
    {
        Pooling = false,
        KeepAlive = KeepAliveSeconds,
        Timeout = KeepAliveSeconds,
        CommandTimeout = KeepAliveSeconds,
    }.ToString();

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private Task? _listening;
    private volatile bool _isListening;

    /// <summary>Whether what is told arrives.</summary>
    internal bool IsListening => _isListening;

    /// <summary>Begins to listen, unless that has happened.</summary>
    internal void Start()
    {
        lock (_lock)
        {
            _listening ??= Task.Run(ListenAsync);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await (_listening ?? Task.CompletedTask);
    }

    private async Task ListenAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync();
            }
            catch (Exception)
            {
                // Whatever it is: others look at the queue meanwhile, and say what is wrong with it.
            }

            if (_isListening)
            {
                _isListening = false;
                turn();
            }

            await Task.WhenAny(Task.Delay(Pause, _end.Token));
        }
    }

    private async Task ListenOnceAsync()
    {
        await using NpgsqlConnection server = new(_connection);
        server.Notification += (_, told) =>
        {
            if (JobNews.TryParse(told.Payload) is JobNews news)
            {
                hear(news);
            }
        };
        await server.OpenAsync(_end.Token);
        await using (NpgsqlCommand listen = new($"listen {Channel}", server))
        {
            await listen.ExecuteNonQueryAsync(_end.Token);
        }

        _isListening = true;
        turn();
        while (true)
            await server.WaitAsync(_end.Token);
    }
}
