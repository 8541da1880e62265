using CryptoScreener.ApiGateway.Auth.Tokens;
using CryptoScreener.Storage.Access;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>Whom a token or API key belongs to: the one place that decides it, for requests and sockets alike.</summary>
internal sealed class AccountReader(ApiKeyStore keys, JwtVerifier tokens, AccountCache cache, AccountUse uses, TimeProvider time)
{
    // A revocation is announced on the bus; this bounds how long it can take where the announcement is lost.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    public async ValueTask<AccountAnswer> ReadAsync(string credential, CancellationToken stop)
    {
        var isKey = ApiKeyText.IsPossible(credential);
        if (!isKey && !JwtParts.LooksLikeOne(credential)) return AccountAnswer.Refused("The credential is neither an API key nor a token.");
        var hash = ApiKeyText.HashOf(credential);
        var name = Convert.ToBase64String(hash);
        if (cache.Find(name) is { } known) return Used(known);
        var generation = cache.Generation;
        if (!isKey) return await VerifyAsync(credential, name, generation, stop);
        try
        {
            var answer = await LookUpAsync(hash, name, generation, stop);
            if (!answer.IsKnown) cache.Forget(name); // else it would be good again while the database is away
            return answer;
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e) && !stop.IsCancellationRequested)
        {
            return cache.Find(name, evenStale: true) is { } stale
                ? Used(stale)
                : new AccountAnswer(null, "API keys cannot be checked while the database is away.", IsUnknown: true);
        }
    }

    /// <summary>Whether it was somebody's lately, be it that it must be asked again.</summary>
    public bool Remembers(string credential) => cache.Find(Convert.ToBase64String(ApiKeyText.HashOf(credential)), evenStale: true) is not null;

    private async ValueTask<AccountAnswer> VerifyAsync(string token, string name, long generation, CancellationToken stop)
    {
        var verified = await tokens.VerifyAsync(token, stop);
        if (verified.Account is not { } account) return AccountAnswer.Refused(verified.Refusal!);
        cache.Keep(name, account, Fresh, DateTimeOffset.FromUnixTimeSeconds(verified.ExpiresAt), generation);
        return Used(account);
    }

    private async Task<AccountAnswer> LookUpAsync(byte[] hash, string name, long generation, CancellationToken stop)
    {
        var key = await keys.FindAsync(hash, stop);
        if (key is null) return AccountAnswer.Refused("The API key is not known.");
        if (key.RevokedAt is not null) return AccountAnswer.Refused("The API key was revoked.");
        var ends = key.ExpiresAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : DateTimeOffset.MaxValue;
        if (ends <= time.GetUtcNow()) return AccountAnswer.Refused("The API key has expired.");
        var account = new Account(key.Owner, key.Name, Roles.TryParse(key.Role, out var role) ? role : Role.Reader, key.Scopes, KeyId: key.Id,
            ExpiresAt: key.ExpiresAt is null ? null : ends);
        cache.Keep(name, account, Fresh, ends, generation);
        return Used(account);
    }

    private AccountAnswer Used(Account account)
    {
        uses.Note(account);
        return new AccountAnswer(account);
    }
}
