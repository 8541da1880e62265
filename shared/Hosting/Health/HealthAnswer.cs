using Microsoft.AspNetCore.Http;

namespace CryptoScreener.Hosting.Health;

internal static class HealthAnswer
{
    public static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.StatusCode = report.IsGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(report, HealthJson.Default.HealthReport);
    }
}
