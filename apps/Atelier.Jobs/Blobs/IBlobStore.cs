namespace Atelier.Jobs.Blobs;

/// <summary>Where the inputs, checkpoints and results of jobs are, by their content. Safe for concurrent use, also by
/// several processes.</summary>
public interface IBlobStore
{
    /// <summary>Stores bytes, unless they are there already.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="content">The bytes; read to the end.</param>
    /// <param name="cancel">Ends storing; nothing is stored then.</param>
    /// <exception cref="IOException">They cannot be read or stored.</exception>
    Task<BlobKey> PutAsync(string owner, Stream content, CancellationToken cancel);

    /// <summary>Copies bytes to a stream, and checks them against their key.</summary>
    /// <exception cref="FileNotFoundException">There are no such bytes.</exception>
    /// <exception cref="InvalidDataException">The stored bytes are damaged.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    Task CopyToAsync(BlobKey key, Stream target, CancellationToken cancel);

    /// <summary>Removes bytes, if they are there.</summary>
    Task DeleteAsync(BlobKey key, CancellationToken cancel);
}
