using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>The fan-out of SignalR at its plainest: every line of standard input goes to every client, as JSON.</summary>
internal static class SignalRPeer
{
    internal const string Path = "/hub";

    /// <summary>What its JSON protocol wants to hear first; messages end with the same byte.</summary>
    internal const string Hello = "{\"protocol\":\"json\",\"version\":1}\u001e";

    internal static async Task RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{int.Parse(arguments[0], CultureInfo.InvariantCulture)}"));
        builder.Services.AddSignalR(hub => hub.ClientTimeoutInterval = TimeSpan.FromHours(1)); // the crowd only listens
        await using var app = builder.Build();
        app.MapHub<Everybody>(Path);
        await app.StartAsync();
        Console.WriteLine("listening");
        var everybody = app.Services.GetRequiredService<IHubContext<Everybody>>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            using var message = JsonDocument.Parse(line);
            await everybody.Clients.All.SendAsync("update", message.RootElement);
        }
    }

    private sealed class Everybody : Hub;
}
