using CryptoScreener.ApiGateway.Auth.Tokens;
using CryptoScreener.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Auth;

internal static class AuthSetup
{
    private static readonly TimeSpan JwksPatience = TimeSpan.FromSeconds(5);
    private const int MaxJwksBytes = 256 * 1024;

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddScreenerOptions<AuthOptions, AuthOptionsValidator>(AuthOptions.Section);
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsCrossCheck>();
        services.AddHttpClient(JwtKeys.HttpClient, client => (client.Timeout, client.MaxResponseContentBufferSize) = (JwksPatience, MaxJwksBytes));
        return services
            .AddSingleton<JwtKeys>().AddHostedService(s => s.GetRequiredService<JwtKeys>())
            .AddSingleton<JwtVerifier>()
            .AddSingleton<AccountCache>()
            .AddSingleton<AccountUse>().AddHostedService(s => s.GetRequiredService<AccountUse>())
            .AddSingleton<Revocations>().AddHostedService(s => s.GetRequiredService<Revocations>())
            .AddSingleton<AccountReader>()
            .AddSingleton<AuditTrail>()
            .AddHostedService<FirstAdminKey>();
    }
}
