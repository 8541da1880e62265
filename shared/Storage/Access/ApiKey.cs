namespace CryptoScreener.Storage.Access;

/// <summary>A key without the key: what its owner and an administrator may see. Times are unix ms.</summary>
/// <param name="Owner">The account that the key speaks for.</param>
/// <param name="Prefix">The first characters, by which a person tells keys apart.</param>
/// <param name="Scopes">What it is limited to; empty for all that its role may do.</param>
public sealed record ApiKey(
    string Id, string Owner, string Role, string Name, string Prefix, IReadOnlyList<string> Scopes,
    long CreatedAt, long? ExpiresAt = null, long? LastUsedAt = null, long? RevokedAt = null);
