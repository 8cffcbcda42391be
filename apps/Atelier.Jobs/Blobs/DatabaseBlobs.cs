using System.Data.Common;
using Atelier.Jobs.Storage;
using Dapper;

namespace Atelier.Jobs.Blobs;

/// <summary>Blobs as rows of a database, in chunks, so that nothing but the database has to be operated.</summary>
internal sealed class DatabaseBlobs(QueueDatabase database) : IBlobStore
{
    private const int ChunkSize = 1 << 20;

    /// <inheritdoc/>
    public async Task<BlobKey> PutAsync(string owner, Stream content, CancellationToken cancel)
    {
        if (!BlobKey.IsOwner(owner))
        {
            throw new ArgumentException($"'{owner}' is not the name of an owner.", nameof(owner));
        }

        // Chunks come before their key is known. Those of a writer that was killed are removed by retention.
        string arriving = Guid.NewGuid().ToString("N");
        try
        {
            using ChunkStream chunks = new(this, arriving, cancel);
            string digest = await Digest.CopyAsync(content, chunks, cancel);
            await chunks.FlushAsync(cancel);
            BlobKey key = new(owner, digest);
            await database.RunAsync(async (connection, transaction) =>
            {
                int added = await connection.ExecuteAsync(
                    """
                    insert into atelier_blobs (owner, sha256, chunks, stored) values (@owner, @digest, @arriving, {now})
                    on conflict (owner, sha256) do update set stored = {now}
                    """.ForDialect(database), new { owner, digest, arriving }, transaction);
                string? kept = await connection.QuerySingleAsync<string>(
                    "select chunks from atelier_blobs where owner = @owner and sha256 = @digest", new { owner, digest },
                    transaction);
                if (kept != arriving)
                {
                    await connection.ExecuteAsync(
                        "delete from atelier_chunks where chunks = @arriving", new { arriving }, transaction);
                }

                return added;
            }, cancel);
            return key;
        }
        catch (DbException error)
        {
            throw new IOException($"The queue's database does not store a blob: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public async Task CopyToAsync(BlobKey key, Stream target, CancellationToken cancel)
    {
        string? chunks = await database.RunAsync((connection, transaction) =>
            connection.QuerySingleOrDefaultAsync<string?>(
                "select chunks from atelier_blobs where owner = @Owner and sha256 = @Sha256", key, transaction),
                    cancel);
        if (chunks is null)
        {
            throw new FileNotFoundException($"There is no blob '{key}'.");
        }

        using StoredStream stored = new(this, chunks, cancel);
        Digest.Require(key, await Digest.CopyAsync(stored, target, cancel));
    }

    /// <inheritdoc/>
    public Task DeleteAsync(BlobKey key, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
        {
            string? chunks = await connection.QuerySingleOrDefaultAsync<string?>(
                "delete from atelier_blobs where owner = @Owner and sha256 = @Sha256 returning chunks", key,
                    transaction);
            return chunks is null ? 0 : await connection.ExecuteAsync(
                "delete from atelier_chunks where chunks = @chunks", new { chunks }, transaction);
        }, cancel);

    private Task<int> WriteAsync(string chunks, int number, byte[] bytes, CancellationToken cancel)
        => database.RunAsync((connection, transaction) => connection.ExecuteAsync(
            """
            insert into atelier_chunks (chunks, number, bytes, stored) values (@chunks, @number, @bytes, {now})
            on conflict (chunks, number) do nothing
            """.ForDialect(database), new { chunks, number, bytes }, transaction), cancel);

    private Task<byte[]?> ReadAsync(string chunks, int number, CancellationToken cancel)
        => database.RunAsync((connection, transaction) => connection.QuerySingleOrDefaultAsync<byte[]?>(
            "select bytes from atelier_chunks where chunks = @chunks and number = @number", new { chunks, number },
            transaction), cancel);

    /// <summary>Writes bytes as chunks, one at a time.</summary>
    private sealed class ChunkStream(DatabaseBlobs blobs, string chunks, CancellationToken cancel) : OneWayStream
    {
        private readonly byte[] _buffer = new byte[ChunkSize];
        private int _length, _number;

        public override bool CanWrite => true;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
        {
            while (buffer.Length > 0)
            {
                int part = Math.Min(buffer.Length, ChunkSize - _length);
                buffer[..part].CopyTo(_buffer.AsMemory(_length));
                buffer = buffer[part..];
                _length += part;
                if (_length == ChunkSize)
                {
                    await FlushAsync(cancel);
                }
            }
        }

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            if (_length > 0)
            {
                await blobs.WriteAsync(chunks, _number++, _buffer[.._length], cancellationToken);
                _length = 0;
            }
        }
    }

    /// <summary>Reads chunks one at a time.</summary>
    private sealed class StoredStream(DatabaseBlobs blobs, string chunks, CancellationToken cancel) : OneWayStream
    {
        private ReadOnlyMemory<byte> _rest;
        private int _number;
        private bool _isOver;

        public override bool CanRead => true;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (_rest.IsEmpty && !_isOver)
            {
                byte[]? next = await blobs.ReadAsync(chunks, _number++, cancel);
                (_rest, _isOver) = (next, next is null);
            }

            int length = Math.Min(buffer.Length, _rest.Length);
            _rest[..length].CopyTo(buffer);
            _rest = _rest[length..];
            return length;
        }
    }
}
