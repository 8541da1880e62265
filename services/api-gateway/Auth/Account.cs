namespace CryptoScreener.ApiGateway.Auth;

/// <summary>Who asks, and what they may.</summary>
/// <param name="Subject">What owns rules, endpoints and settings: a token's <c>sub</c>, or the account that a key belongs to.</param>
/// <param name="Scopes">Empty for all that the role may.</param>
/// <param name="ExpiresAt">When the credential does: sockets live no longer.</param>
/// <param name="KeyId">The API key it came with; null for a token.</param>
internal sealed record Account(string Subject, string Name, Role Role, IReadOnlyList<string> Scopes, bool IsAnonymous = false, string? KeyId = null, DateTimeOffset? ExpiresAt = null)
{
    public static readonly Account Anonymous = new("anonymous", "anonymous", Role.Reader, [], IsAnonymous: true);

    /// <summary>Null for anonymous readers, who own nothing.</summary>
    public string? Owner => IsAnonymous ? null : Subject;

    /// <summary>Whether another credential gives neither more nor less.</summary>
    public bool IsSameAs(Account other) => (Subject, Role, IsAnonymous) == (other.Subject, other.Role, other.IsAnonymous) && Scopes.SequenceEqual(other.Scopes);

    /// <summary>Whether something of this owner shows; what has no owner is built in, and everybody's to see.</summary>
    public bool Sees(string? owner) => owner is null || Role == Role.Admin || owner == Owner;

    /// <summary>Whether something of this owner is theirs to change; what is built in is the administrators'.</summary>
    public bool MayChange(string? owner) => Role == Role.Admin || (owner is not null && owner == Owner);

    public bool May(string area, bool write) => Auth.Scopes.Allow(Scopes, area, write);
}
