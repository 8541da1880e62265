using CryptoScreener.Messaging;
using CryptoScreener.Messaging.Reading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.EndToEndTests;

/// <summary>Reads all that a stream holds, in its order.</summary>
internal static class StoredMessages
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task ReadAllAsync(string natsUrl, string stream, Action<StoredMessage> each)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[$"{MessagingOptions.Section}:{nameof(MessagingOptions.Url)}"] = natsUrl;
        builder.Services.AddMetrics();
        builder.Services.AddScreenerMessaging();
        using var host = builder.Build();
        await host.StartAsync();
        using var end = new CancellationTokenSource(Patience);
        var reader = host.Services.GetRequiredService<StoredReader>();
        var last = (await reader.EndAsync(stream, end.Token)).Sequence;
        if (last > 0) await ReadThroughAsync(reader, stream, last, each, end);
        await host.StopAsync();
    }

    private static async Task ReadThroughAsync(StoredReader reader, string stream, ulong last, Action<StoredMessage> each, CancellationTokenSource end)
    {
        var done = new TaskCompletionSource();
        var reading = reader.ReadAsync(stream, ">", StreamPosition.Beginning, (batch, _) =>
        {
            foreach (var message in batch.Messages) each(message);
            if (batch.Position.Sequence >= last) done.TrySetResult();
            return ValueTask.CompletedTask;
        }, end.Token);
        await done.Task.WaitAsync(end.Token);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }
}
