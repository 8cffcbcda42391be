using Atelier.Networks;
using Atelier.Weights;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Networks;

/// <summary>Weight files by their paths.</summary>
public static class WeightFiles
{
    /// <summary>Extension of a network file.</summary>
    public const string Extension = ".safetensors";

    /// <summary>Takes a network out of a weight file of another program.</summary>
    /// <param name="path">The weight file.</param>
    /// <param name="output">The network file.</param>
    /// <param name="input">What the network sees; null as recognized.</param>
    /// <param name="half">Whether 16 bits of each weight are kept.</param>
    /// <param name="force">Whether an existing file may be replaced.</param>
    /// <exception cref="CodedException">A file is not there, or must not be replaced.</exception>
    /// <exception cref="WeightFormatException">No network is recognized.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static ImportedNetwork Import(string path, string output, InputConvention? input, bool half, bool force)
    {
        ArgumentNullException.ThrowIfNull(output);
        InputFile.Require("weight file", path);
        if (!output.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw CodedException.Usage(
                $"output '{output}' is not a {Extension} file.", $"give it a name that ends in {Extension}");
        }

        OutputPath.RequireNoInput(output, [path]);
        OutputPath.RequireFolder(output);
        OutputPath.RequireReplaceable(output, force, _ => false, "exists");
        return NetworkImport.Import(path, output, input, half);
    }

    /// <summary>Reads networks whole, to see that they can be used.</summary>
    /// <param name="cache">Where published networks are.</param>
    /// <param name="named">Published networks by name, and weight files; empty for all published ones that are
    /// here.</param>
    /// <exception cref="CodedException">One is not there.</exception>
    public static IEnumerable<VerifiedNetwork> Verify(NetworkCache cache, IReadOnlyList<string> named)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(named);
        return (named.Count > 0 ? named : [.. cache.Fetched.Select(manifest => manifest.Name)])
            .Select(name => Verify(name, cache.Find(name)));
    }

    private static VerifiedNetwork Verify(string name, string path)
    {
        InputFile.Require("weight file", path);
        try
        {
            return new VerifiedNetwork(name, NetworkImport.Verify(path), null);
        }
        catch (WeightFormatException error)
        {
            return new VerifiedNetwork(name, null, error.Message);
        }
    }
}

/// <summary>A network that was read whole.</summary>
/// <param name="Name">As it was named.</param>
/// <param name="Network">What was recognized; null where it cannot be used.</param>
/// <param name="Problem">Why it cannot be used; null where it can.</param>
public sealed record VerifiedNetwork(string Name, ImportedNetwork? Network, string? Problem);
