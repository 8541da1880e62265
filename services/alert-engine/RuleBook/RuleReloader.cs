using System.Text.Json;
using CryptoScreener.AlertEngine.Suppression;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Rules.Presets;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Rules;
using CryptoScreener.Storage.Silences;
using Microsoft.Extensions.Options;

namespace CryptoScreener.AlertEngine.RuleBook;

/// <summary>Seeds the built-in rules, then keeps the rules in force and the silences as the database has them: at every hint and at an interval.</summary>
internal sealed class RuleReloader(
    RulesInForce rules, RefusedMetrics refused, QuoteAssets quotes, SilenceBook silences, RuleStore store, RuleFaultStore faults, SilenceStore silenceStore, InstrumentStore instruments,
    WhenAvailable whenAvailable, CoreListener core, ReadinessGate gate, TimeProvider time, IOptions<EngineOptions> options, ILogger<RuleReloader> logger) : BackgroundService
{
    /// <summary>The oldest frame that can still be caught up with is a day old: METRICS keeps no more.</summary>
    private static readonly TimeSpan OldestFrame = TimeSpan.FromHours(25);

    private readonly SemaphoreSlim _hint = new(0, 1);
    private (CatalogueRules Rules, IReadOnlyDictionary<string, string> Refused) _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        gate.Expect("rules");
        var hints = core.ListenAsync(Subjects.RulesChanged, _ => Hint(), stoppingToken);
        await whenAvailable.RunAsync("seeding the built-in rules", token => store.SeedAsync([.. BuiltInRules.All], token), stoppingToken);
        while (true)
        {
            await ReloadAsync(stoppingToken);
            await _hint.WaitAsync(TimeSpan.FromSeconds(options.Value.RuleReloadSeconds), stoppingToken);
            if (hints.IsFaulted) await hints;
        }
    }

    private async Task ReloadAsync(CancellationToken stop)
    {
        try
        {
            silences.Replace(await silenceStore.ListAsync((time.GetUtcNow() - OldestFrame).ToUnixTimeMilliseconds(), stop));
            quotes.Replace(await instruments.ListAsync(stop: stop));
            rules.Replace(await store.ListAsync(enabledOnly: true, stop));
            gate.Set("rules", true, $"{rules.Count} in force");
            await TellFaultsAsync(stop);
        }
        catch (Exception e) when ((DatabaseErrors.IsUnavailable(e) || e is JsonException) && !stop.IsCancellationRequested)
        {
            // Also a rule of a newer version than this one: those that are in force stay so.
            EngineLog.RulesNotLoaded(logger, e.Message, rules.Count);
        }
    }

    /// <summary>Where an editor can show them. The first frames bring the catalogue, so the next look tells of these.</summary>
    private async Task TellFaultsAsync(CancellationToken stop)
    {
        if (rules.Newest is not { } newest || (newest, refused.Reasons) is var found && found == _told) return;
        await faults.ReplaceAsync(
            [.. RefusedMetrics.Faults(newest, found.Reasons).Select(fault => new FaultyRule(fault.Key, fault.Value.Version, fault.Value.Errors))], stop);
        _told = found;
    }

    private void Hint()
    {
        if (_hint.CurrentCount == 0) _hint.Release();
    }
}
