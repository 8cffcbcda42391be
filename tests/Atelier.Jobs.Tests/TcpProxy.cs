using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Atelier.Jobs.Tests;

/// <summary>A network between a worker and its database, which can be cut or stalled.</summary>
internal sealed class TcpProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly int _target;
    private volatile bool _isCut;
    private volatile TaskCompletionSource _flows = new();

    /// <param name="target">The port of the database on this machine.</param>
    internal TcpProxy(int target)
    {
        _target = target;
        _flows.SetResult();
        _listener.Start();
        _ = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends all connections, and refuses new ones.</summary>
    internal void Cut()
    {
        _isCut = true;
        while (_sockets.TryTake(out Socket? socket))
            socket.Dispose();
    }

    /// <summary>Refuses new connections, and carries on those that there are.</summary>
    internal void Refuse() => _isCut = true;

    /// <summary>Accepts everything, and carries nothing.</summary>
    internal void Stall() => _flows = new TaskCompletionSource();

    /// <summary>Works again.</summary>
    internal void Mend()
    {
        _isCut = false;
        _flows.TrySetResult();
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
        Mend();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket near = await _listener.AcceptSocketAsync();
                if (_isCut)
                {
                    near.Dispose();
                    continue;
                }

                Socket far = new(SocketType.Stream, ProtocolType.Tcp);
                await far.ConnectAsync(IPAddress.Loopback, _target);
                _sockets.Add(near);
                _sockets.Add(far);
                _ = CarryAsync(near, far);
                _ = CarryAsync(far, near);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task CarryAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[1 << 16];
        try
        {
            for (int length; (length = await from.ReceiveAsync(buffer)) > 0;)
            {
                await _flows.Task;
                await to.SendAsync(buffer.AsMemory(0, length));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            to.Dispose();
        }
    }
}
