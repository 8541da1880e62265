using System.Diagnostics.CodeAnalysis;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>Whom a credential belongs to, or why nobody.</summary>
/// <param name="Refusal">For the client: what is wrong with the credential.</param>
/// <param name="IsUnknown">It could not be checked, because the database is away: no reason to throw the credential away.</param>
internal readonly record struct AccountAnswer(Account? Account, string? Refusal = null, bool IsUnknown = false)
{
    [MemberNotNullWhen(true, nameof(Account))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsKnown => Account is not null;

    public static AccountAnswer Refused(string why) => new(null, why);
}
