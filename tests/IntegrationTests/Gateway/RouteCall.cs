using System.Net;
using System.Text;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>Calls a route of <see cref="RouteTable"/> with a credential and something for each of its places.</summary>
internal static class RouteCall
{
    public static async Task<HttpStatusCode> StatusAsync(RunningGateway gateway, string route, string? credential)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1].Replace("{documentName}", "v1", StringComparison.Ordinal));
        path = path.Replace("{exchange}", "nowhere", StringComparison.Ordinal).Replace("{symbol}", "NOTHING", StringComparison.Ordinal).Replace("{id}", "none", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (credential is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        if (method is "POST" or "PUT") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        if (path.StartsWith("/ws/", StringComparison.Ordinal)) AskForSocket(request);
        using var answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    private static void AskForSocket(HttpRequestMessage request)
    {
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", Convert.ToBase64String(new byte[16]));
    }
}
