using System.Text.Json;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.AlertEngine.Recording;

/// <summary>
/// Says acknowledgements on ALERTS, where every follower of alerts hears them. Saying one again changes nothing: its
/// subject holds one message.
/// </summary>
internal sealed class AcknowledgementRelay(AcknowledgementStore store, OncePublisher publisher, WhenAvailable whenAvailable, TimeProvider time)
{
    private const int MostAtOnce = 100;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            var unsaid = await whenAvailable.RunAsync("looking for acknowledgements", token => store.UnsaidAsync(MostAtOnce, token), stop);
            foreach (var alert in unsaid) await SayAsync(alert.Acknowledgement(), stop);
            if (unsaid.Count > 0)
                await whenAvailable.RunAsync("noting said acknowledgements", token => store.SaidAsync(unsaid.Select(alert => alert.Event.Id), token), stop);
            if (unsaid.Count < MostAtOnce) await Task.Delay(LookEvery, time, stop);
        }
    }

    private async Task SayAsync(AlertEvent alert, CancellationToken stop)
    {
        var subject = Subjects.Alert(new InstrumentId(alert.Exchange, alert.Symbol), alert.RuleId, alert.Id);
        await publisher.PublishAsync(subject, JsonSerializer.SerializeToUtf8Bytes(alert, ContractsJson.Default.AlertEvent), stop);
    }
}
