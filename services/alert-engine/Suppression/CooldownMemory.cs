using System.Globalization;
using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Redis;

namespace CryptoScreener.AlertEngine.Suppression;

/// <summary>
/// When each rule with a cooldown last fired on an instrument, shared by all engines. One that falls between a firing within a
/// minute and its checkpoint leaves states behind that do not know of it, and its successor may fire again inside the
/// cooldown. That is published all the same, for a memory that may be lost must not veto; but it is not delivered.
/// </summary>
internal sealed class CooldownMemory(RedisState redis, RulesInForce rules, TimeProvider time)
{
    // An answer may take half a second to stay away; alerts do not wait for that one by one.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Firings = TimeSpan.FromDays(1);

    private long _askedAt;

    /// <summary>The alert as it is to be published.</summary>
    /// <param name="at">When it fired, as the trigger counts: a close is the end of its minute, whenever its message says it was.</param>
    public async ValueTask<AlertEvent> JudgeAsync(AlertEvent alert, long at)
    {
        if (alert.Suppressed is not null || CooldownOf(alert) is not { } cooldown || !MayAsk()) return alert;
        if (alert.Resolves is { } firing)
            return await redis.GetAsync(FiringKey(firing)) is { } by ? alert with { Suppressed = new AlertSuppression(SuppressionReason.Cooldown, by) } : alert;
        if (Read(await redis.GetAsync(RuleKey(alert))) is not (var last, var lastAt) || last == alert.Id) return alert;
        var since = at - lastAt;
        if (since < 0 || since >= cooldown.TotalMilliseconds) return alert;
        await redis.SetAsync(FiringKey(alert.Id), last, Firings);
        return alert with { Suppressed = new AlertSuppression(SuppressionReason.Cooldown, last) };
    }

    /// <summary>To be told of every alert that is in the stream, whoever put it there.</summary>
    /// <param name="at">As in <see cref="JudgeAsync"/>.</param>
    public async ValueTask RememberAsync(AlertEvent alert, long at)
    {
        if (alert.State != AlertState.Fired || alert.Suppressed is { Reason: SuppressionReason.Cooldown }) return;
        if (CooldownOf(alert) is not { } cooldown || !MayAsk()) return;
        await redis.SetAsync(RuleKey(alert), string.Create(CultureInfo.InvariantCulture, $"{alert.Id} {at}"), cooldown);
    }

    private bool MayAsk()
    {
        if (!redis.IsConfigured) return false;
        if (redis.IsAvailable) return true;
        var asked = Interlocked.Read(ref _askedAt);
        return (asked == 0 || time.GetElapsedTime(asked) >= AskAgainAfter)
            && Interlocked.CompareExchange(ref _askedAt, time.GetTimestamp(), asked) == asked;
    }

    private TimeSpan? CooldownOf(AlertEvent alert) =>
        rules.CooldownSecondsOf(alert.RuleId) is var seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;

    private static (string Id, long At)? Read(string? value) =>
        value?.Split(' ') is [var id, var at] && long.TryParse(at, CultureInfo.InvariantCulture, out var time) ? (id, time) : null;

    private static string RuleKey(AlertEvent alert) => string.Create(
        CultureInfo.InvariantCulture, $"alert-engine:cooldown:{alert.RuleId}:{alert.RuleVersion}:{alert.Exchange}:{alert.Symbol}");

    private static string FiringKey(string alertId) => $"alert-engine:cooled:{alertId}";
}
