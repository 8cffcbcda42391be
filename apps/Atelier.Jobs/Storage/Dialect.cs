namespace Atelier.Jobs.Storage;

/// <summary>What SQLite and PostgreSQL write differently.</summary>
internal static class Dialect
{
    // Milliseconds since 1970. The clock of the database is the same for all machines.
    private const string PostgresNow = "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
    private const string SqliteNow = "cast(unixepoch('subsec') * 1000 as integer)";

    /// <summary>Replaces <c>{now}</c>, <c>{bytes}</c>, <c>{binary}</c>, the order of texts by their bytes, in which
    /// those with the same beginning are neighbors, and <c>{in} @Ids</c>, which means being in a list.</summary>
    internal static string ForDialect(this string sql, QueueDatabase database) => sql
        .Replace("{now}", database.IsShared ? PostgresNow : SqliteNow, StringComparison.Ordinal)
        .Replace("{binary}", database.IsShared ? "collate \"C\"" : "collate binary", StringComparison.Ordinal)
        .Replace("{in} @Ids", database.IsShared ? "= any(@Ids)" : "in @Ids", StringComparison.Ordinal)
        .Replace("{bytes}", database.IsShared ? "bytea" : "blob", StringComparison.Ordinal);
}
