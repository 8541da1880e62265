using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CryptoScreener.ApiGateway.Operations;

internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton<ServiceBook>()
        .AddSingleton<ExchangeBook>()
        .AddHostedService<StatusListener>();

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/services", (HttpContext http, ServiceBook services) =>
            WriteAsync(http, services.Now(), OperationsJson.Default.IReadOnlyListServiceReport));
        routes.MapGet("/api/v1/exchanges", (HttpContext http, ExchangeBook exchanges) =>
            WriteAsync(http, exchanges.Now(), OperationsJson.Default.IReadOnlyListExchangeHealth));
    }

    private static async Task WriteAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type)
    {
        http.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(http.Response.Body, value, type, http.RequestAborted);
    }
}
