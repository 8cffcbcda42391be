using System.Text.RegularExpressions;

namespace Atelier.Jobs.Blobs;

/// <summary>Names bytes by what they are, so that equal files are stored once for each owner, and a damaged one is
/// noticed.</summary>
/// <param name="Owner">Whose they are: only keys of this owner lead to them.</param>
/// <param name="Sha256">Their SHA-256, as 64 lowercase hexadecimal digits.</param>
public sealed partial record BlobKey(string Owner, string Sha256)
{
    /// <summary>The longest name of an owner.</summary>
    public const int MaxOwnerLength = 64;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a key.</exception>
    public static BlobKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [string owner, string sha256] && IsOwner(owner) && Digest().IsMatch(sha256)
            ? new BlobKey(owner, sha256)
            : throw new FormatException($"'{text}' is not the key of a blob.");
    }

    /// <summary>Whether a name can be that of an owner: letters, digits, '.', '-', '_' and '@', the first of them a
    /// letter or a digit.</summary>
    public static bool IsOwner(string name)
        => name is { Length: > 0 and <= MaxOwnerLength } && OwnerName().IsMatch(name);

    /// <summary>Whether a text is a SHA-256 in the form of a key.</summary>
    public static bool IsDigest(string? text) => text is not null && Digest().IsMatch(text);

    /// <inheritdoc/>
    public override string ToString() => $"{Owner}/{Sha256}";

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._@-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnerName();
}
