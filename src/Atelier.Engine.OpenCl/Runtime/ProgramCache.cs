using System.Text;
using Atelier.Engine.OpenCl.Native;

namespace Atelier.Engine.OpenCl.Runtime;

/// <summary>Compiles the sources of kernels for a device, and keeps what was compiled in a folder of the user, because
/// some drivers take seconds for each.</summary>
internal sealed unsafe class ProgramCache(OpenClDevice device, nint context) : IDisposable
{
    private const uint BinarySizes = 0x1165, Binaries = 0x1166, BuildLog = 0x1183;

    // What all sources begin with.
    private const string Common = "common.cl";

    private readonly Dictionary<(string File, string Defines), nint> _programs = [];
    private readonly BinaryFolder _binaries = new(device);

    /// <summary>Returns the program of a source.</summary>
    /// <param name="file">The file, without the extension.</param>
    /// <param name="defines">The macros.</param>
    internal nint Get(string file, string defines)
    {
        if (!_programs.TryGetValue((file, defines), out nint program))
        {
            _programs[(file, defines)] = program = Load(file, defines);
        }

        return program;
    }

    public void Dispose()
    {
        foreach (nint program in _programs.Values)
            _ = Cl.ReleaseProgram(program);
        _programs.Clear();
    }

    private nint Load(string file, string defines)
    {
        // No relaxed mathematics: sums that compensate for rounding rely on what is written.
        string options = string.Join(
            ' ', defines.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(define => $"-D {define}")
                .Append("-cl-std=CL1.2"));
        string source = Read(Common) + "\n" + Read(file + ".cl");
        string key = $"{options}\n{source}";
        if (_binaries.Find(key) is byte[] binary && TryLoad(binary, options) is nint known)
        {
            return known;
        }

        nint program = Create(source);
        Build(program, options, file);
        _binaries.Store(key, BinaryOf(program));
        return program;
    }

    /// <summary>Returns the text of a source.</summary>
    internal static string Read(string name)
    {
        using Stream stream = typeof(ProgramCache).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"There is no source '{name}'.", nameof(name));
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private nint Create(string source)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(source);
        fixed (byte* text = bytes)
        {
            byte* sources = text;
            nuint length = (nuint)bytes.Length;
            nint program = Cl.CreateProgramWithSource(context, 1, &sources, &length, out int status);
            ClStatus.Require(status, device.Name, "reading the kernels");
            return program;
        }
    }

    private nint? TryLoad(byte[] binary, string options)
    {
        nint handle = device.Handle, program;
        int state, status;
        fixed (byte* first = binary)
        {
            byte* binaries = first;
            nuint length = (nuint)binary.Length;
            program = Cl.CreateProgramWithBinary(context, 1, &handle, &length, &binaries, &state, out status);
        }

        if (status == ClStatus.Success
            && Cl.BuildProgram(program, 1, &handle, options, 0, 0) == ClStatus.Success)
        {
            return program;
        }

        // Another driver, or damage: it is compiled again.
        if (program != 0)
        {
            _ = Cl.ReleaseProgram(program);
        }

        return null;
    }

    private void Build(nint program, string options, string file)
    {
        nint handle = device.Handle;
        int status = Cl.BuildProgram(program, 1, &handle, options, 0, 0);
        if (status != ClStatus.Success)
        {
            throw CodedException.Failed(
                "device.compiler",
                $"the driver of '{device.Name}' cannot compile '{file}.cl' (OpenCL status {status}): {LogOf(program)}",
                "update the driver, or use the engine 'cpu'", "engine");
        }
    }

    private string LogOf(nint program)
    {
        nuint size;
        _ = Cl.GetProgramBuildInfo(program, device.Handle, BuildLog, 0, null, &size);
        byte[] log = new byte[size];
        fixed (byte* first = log)
        {
            _ = Cl.GetProgramBuildInfo(program, device.Handle, BuildLog, size, first, null);
        }

        return Encoding.UTF8.GetString(log).TrimEnd('\0').Trim();
    }

    private static byte[] BinaryOf(nint program)
    {
        nuint size = 0;
        if (Cl.GetProgramInfo(program, BinarySizes, (nuint)sizeof(nuint), &size, null) != ClStatus.Success)
        {
            return [];
        }

        byte[] binary = new byte[size];
        fixed (byte* first = binary)
        {
            byte* target = first;
            return Cl.GetProgramInfo(program, Binaries, (nuint)sizeof(nint), &target, null) == ClStatus.Success
                ? binary : [];
        }
    }
}
