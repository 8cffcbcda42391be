using Atelier.Networks;
using Atelier.Weights;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Networks;

/// <summary>Imports and verifies weight files.</summary>
public static class WeightFiles
{
    /// <summary>Extension of a network file.</summary>
    public const string Extension = ".safetensors";

    /// <summary>Extracts a network from a weight file of another program.</summary>
    /// <param name="path">The weight file.</param>
    /// <param name="output">The network file to write.</param>
    /// <param name="input">The input convention of the network; null to recognize it.</param>
    /// <param name="half">Whether to store weights with 16 bits.</param>
    /// <param name="force">Whether an existing file may be replaced.</param>
    /// <exception cref="CodedException">The file does not exist, or the output must not be replaced.</exception>
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

    /// <summary>Reads networks completely, to verify that they can be used.</summary>
    /// <param name="cache">The folder of downloaded networks.</param>
    /// <param name="named">Names of published networks, and weight files; empty for all downloaded networks.</param>
    /// <exception cref="CodedException">A file does not exist.</exception>
    public static IEnumerable<VerifiedNetwork> Verify(NetworkCache cache, IReadOnlyList<string> named)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(named);
        return (named.Count > 0 ? named : [.. cache.Downloaded.Select(manifest => manifest.Name)])
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

/// <summary>A network that has been verified.</summary>
/// <param name="Name">The name or path as given.</param>
/// <param name="Network">The recognized network; null if it cannot be used.</param>
/// <param name="Problem">Why it cannot be used; null if it can.</param>
public sealed record VerifiedNetwork(string Name, ImportedNetwork? Network, string? Problem);
