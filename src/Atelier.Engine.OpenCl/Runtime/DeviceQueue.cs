using System.Runtime.InteropServices;
using Atelier.Engine.OpenCl.Native;

namespace Atelier.Engine.OpenCl.Runtime;

/// <summary>The commands of a device, which it carries out in order: copies and kernels. Kernels do not keep the caller
/// waiting; reading does.</summary>
internal sealed unsafe class DeviceQueue : IDisposable
{
    private const ulong ReadWrite = 1;

    // Drivers of Windows hand over what is queued as one piece, whose time counts as a whole.
    private const int KernelsOfBatch = 8;

    private readonly Dictionary<(string File, string Kernel, string Defines), nint> _kernels = [];
    private readonly Dictionary<string, DeviceBuffer> _scratch = [];
    private readonly ProgramCache _programs;
    private readonly nint _context, _queue;
    private readonly DeviceBuffer _none;
    private int _started;
    private bool _isDisposed;

    internal DeviceQueue(OpenClDevice device)
    {
        Device = device;
        nint handle = device.Handle;
        _context = Cl.CreateContext(null, 1, &handle, 0, 0, out int status);
        Require(status, "opening it");
        _queue = Cl.CreateCommandQueue(_context, handle, 0, out status);
        if (status != ClStatus.Success)
        {
            _ = Cl.ReleaseContext(_context);
            Require(status, "opening it");
        }

        _programs = new ProgramCache(device, _context);
        _none = CreateUndefined(sizeof(int));
    }

    internal OpenClDevice Device { get; }

    /// <summary>Creates memory of zeros.</summary>
    internal DeviceBuffer Create(long bytes)
    {
        DeviceBuffer buffer = CreateUndefined(bytes);
        try
        {
            // Some drivers look for memory only now.
            Fill(buffer, 0, bytes);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Creates memory with values.</summary>
    internal DeviceBuffer Create<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        DeviceBuffer buffer = CreateUndefined(values.Length * (long)sizeof(T));
        try
        {
            Write(values, buffer);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Returns memory for intermediate values, of at least a size, whose contents are undefined: the same for
    /// the same name, as operations follow one another.</summary>
    internal DeviceBuffer Scratch(string name, long bytes)
    {
        if (_scratch.TryGetValue(name, out DeviceBuffer? known) && known.Bytes >= bytes)
        {
            return known;
        }

        known?.Dispose();
        _scratch.Remove(name);
        return _scratch[name] = CreateUndefined(bytes);
    }

    /// <summary>Returns intermediate memory with values.</summary>
    internal DeviceBuffer Scratch<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        DeviceBuffer buffer = Scratch(name, values.Length * (long)sizeof(T));
        Write(values, buffer);
        return buffer;
    }

    /// <summary>Copies values to the beginning of a buffer.</summary>
    internal void Write<T>(ReadOnlySpan<T> source, DeviceBuffer target)
        where T : unmanaged
    {
        fixed (T* first = source)
        {
            Require(
                Cl.EnqueueWriteBuffer(
                    _queue, target.Handle, 1, 0, (nuint)(source.Length * (long)sizeof(T)), first, 0, null, null),
                "copying to it");
        }
    }

    /// <summary>Waits for all commands, and copies values from a buffer.</summary>
    internal void Read<T>(DeviceBuffer source, Span<T> target)
        where T : unmanaged
    {
        fixed (T* first = target)
        {
            Require(
                Cl.EnqueueReadBuffer(
                    _queue, source.Handle, 1, 0, (nuint)(target.Length * (long)sizeof(T)), first, 0, null, null),
                "computing");
        }
    }

    /// <summary>Sets bytes to zero.</summary>
    internal void Fill(DeviceBuffer target, long offset, long bytes)
    {
        if (bytes == 0)
        {
            return;
        }

        int zero = 0;
        Require(
            Cl.EnqueueFillBuffer(
                _queue, target.Handle, &zero, sizeof(int), (nuint)offset, (nuint)bytes, 0, null, null),
            "clearing memory");
    }

    /// <summary>Copies bytes that do not overlap.</summary>
    internal void Copy(DeviceBuffer source, long from, DeviceBuffer target, long to, long bytes)
    {
        if (bytes > 0)
        {
            Require(
                Cl.EnqueueCopyBuffer(
                    _queue, source.Handle, target.Handle, (nuint)from, (nuint)to, (nuint)bytes, 0, null, null),
                "copying memory");
        }
    }

    /// <summary>Runs a kernel on a number of items in one dimension, in groups of a size that divides it.</summary>
    internal void Run(in KernelName kernel, long items, int group, params ReadOnlySpan<Argument> arguments)
        => Run(kernel, [items, 1, 1], [group, 1, 1], arguments);

    /// <summary>Runs a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="items">Work-items in three dimensions, multiples of the group's; nothing happens if one is
    /// 0.</param>
    /// <param name="group">Work-items of a group.</param>
    /// <param name="arguments">All of the kernel's arguments, in order.</param>
    internal void Run(
        in KernelName kernel, ReadOnlySpan<long> items, ReadOnlySpan<int> group,
        params ReadOnlySpan<Argument> arguments)
    {
        nuint* sizes = stackalloc nuint[3];
        nuint* groups = stackalloc nuint[3];
        for (int i = 0; i < 3; i++)
        {
            if (items[i] == 0)
            {
                return;
            }

            (sizes[i], groups[i]) = ((nuint)items[i], (nuint)group[i]);
        }

        nint handle = Find(kernel);
        for (int i = 0; i < arguments.Length; i++)
            Require(Set(handle, (uint)i, arguments[i]), $"setting argument {i} of '{kernel.Name}'");
        Require(
            Cl.EnqueueNdRangeKernel(_queue, handle, 3, null, sizes, groups, 0, null, null),
            $"starting '{kernel.Name}'");
        if (++_started % KernelsOfBatch == 0)
        {
            Require(Cl.Flush(_queue), "submitting kernels");
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _ = Cl.Finish(_queue);
        _none.Dispose();
        foreach (DeviceBuffer buffer in _scratch.Values)
            buffer.Dispose();
        foreach (nint kernel in _kernels.Values)
            _ = Cl.ReleaseKernel(kernel);
        _programs.Dispose();
        _ = Cl.ReleaseCommandQueue(_queue);
        _ = Cl.ReleaseContext(_context);
    }

    private DeviceBuffer CreateUndefined(long bytes)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        nint handle = Cl.CreateBuffer(_context, ReadWrite, (nuint)Math.Max(bytes, sizeof(int)), null, out int status);
        Require(status, $"{bytes / 1e6:F0} MB");
        return new DeviceBuffer(handle, bytes);
    }

    private int Set(nint kernel, uint index, Argument argument)
    {
        if (argument.Bytes > 0)
        {
            Int4 bits = argument.Bits;
            return Cl.SetKernelArg(kernel, index, (nuint)argument.Bytes, &bits);
        }

        // Not all drivers take null.
        nint memory = argument.Handle == 0 ? _none.Handle : argument.Handle;
        return Cl.SetKernelArg(kernel, index, (nuint)sizeof(nint), &memory);
    }

    private nint Find(in KernelName name)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ref nint kernel = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _kernels, (name.File, name.Name, name.Defines), out bool isKnown);
        if (!isKnown || kernel == 0)
        {
            kernel = Cl.CreateKernel(_programs.Get(name.File, name.Defines), name.Name, out int status);
            Require(status, $"finding '{name.Name}'");
        }

        return kernel;
    }

    private void Require(int status, string doing) => ClStatus.Require(status, Device.Name, doing);
}

/// <summary>A kernel.</summary>
/// <param name="File">The file of its source, without the extension.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Defines">The macros that the file is compiled with, separated by spaces, as in <c>RELU GROUP=16</c>.
/// </param>
internal readonly record struct KernelName(string File, string Name, string Defines = "");
