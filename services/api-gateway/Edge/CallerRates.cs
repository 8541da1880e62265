using CryptoScreener.ApiGateway.Auth;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>Whom a request is counted against, and how much it costs.</summary>
internal sealed class CallerRates(RateLimiter limiter, IOptions<EdgeOptions> options)
{
    /// <returns>Null where there is no limit.</returns>
    public RateState? Charge(HttpContext http)
    {
        var account = http.FindAccount();
        if (account is { IsAnonymous: false }) return Use($"a:{account.Subject}", options.Value.AccountRequestsPerMinute, 1);
        return ChargeAddress(http, http.Features.Get<RefusedCredential>() is { IsWrong: true } ? options.Value.WrongCredentialCost : 1);
    }

    /// <summary>For a credential that came another way than requests bring it, and is wrong.</summary>
    public void ChargeWrongCredential(HttpContext http) => ChargeAddress(http, options.Value.WrongCredentialCost);

    /// <returns>Where the address stands when it is over its limit, otherwise null.</returns>
    public RateState? OverOf(HttpContext http)
    {
        var limit = options.Value.AddressRequestsPerMinute;
        return limit > 0 && limiter.Look(AddressOf(http), limit) is { IsOver: true } state ? state : null;
    }

    private RateState? ChargeAddress(HttpContext http, int cost) => Use(AddressOf(http), options.Value.AddressRequestsPerMinute, cost);

    private RateState? Use(string caller, int limit, int cost) => limit == 0 ? null : limiter.Use(caller, limit, cost);

    private static string AddressOf(HttpContext http) => $"ip:{ClientNetwork.Of(http.Connection.RemoteIpAddress)}";
}
