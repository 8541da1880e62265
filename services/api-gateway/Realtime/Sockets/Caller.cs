using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>Who is at the other end of a socket or stream.</summary>
/// <param name="Account">Null where anonymous reading is off and no credential was given: then only <c>auth</c> is answered.</param>
/// <param name="Credential">What it was let in with, to be checked again while the socket lasts; null for anonymous readers.</param>
/// <param name="Network">Where it comes from.</param>
internal sealed record Caller(Account? Account, string? Credential, string Network)
{
    /// <summary>Whose share of what all share it takes.</summary>
    public string Client => Account?.Owner is { } owner ? $"a:{owner}" : $"ip:{Network}";

    public static Caller Of(HttpContext http) => Of(http, http.FindAccount(), AccountMiddleware.CredentialOf(http.Request).Credential);

    public static Caller Of(HttpContext http, Account? account, string? credential) =>
        new(account, credential, ClientNetwork.Of(http.Connection.RemoteIpAddress).ToString());

    public bool HasExpired(DateTimeOffset now) => Account?.ExpiresAt <= now;

    /// <summary>What cannot be checked now is still welcome, unless its own time is over.</summary>
    public async ValueTask<bool> IsStillWelcomeAsync(AccountReader accounts, DateTimeOffset now, CancellationToken stop) =>
        !HasExpired(now) && (Credential is null || await accounts.ReadAsync(Credential, stop) is { IsKnown: true } or { IsUnknown: true });

    /// <summary>When to look next: after so long, or when the credential expires.</summary>
    public TimeSpan NextLook(TimeSpan interval, DateTimeOffset now) =>
        Account?.ExpiresAt is { } end && end - now < interval ? (end > now ? end - now : TimeSpan.Zero) : interval;
}
