namespace CryptoScreener.ApiGateway.Auth;

internal static class HttpAccount
{
    /// <summary>Who asks, on a route that is not open to all.</summary>
    public static Account Account(this HttpContext http) =>
        http.FindAccount() ?? throw new InvalidOperationException("This route is open to all: ask for FindAccount.");

    /// <summary>Null when no credential was given and anonymous reading is off.</summary>
    public static Account? FindAccount(this HttpContext http) => http.Features.Get<Account>();
}
