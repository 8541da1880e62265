using System.Collections.Concurrent;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Storage.Metrics;

namespace CryptoScreener.ApiGateway.Demands;

/// <summary>
/// What filters, sorts and columns look at. Nothing is written here: <see cref="PageDemandNotes"/> carries it to the database, and what
/// does not fit until then is dropped; whoever still looks asks again.
/// </summary>
internal sealed class PageDemands(DemandAllowance allowance, FirstLooks looks, TimeProvider time)
{
    /// <summary>What the calculators have is said again well within the hour after which it would make way for others.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(20);

    /// <summary>What they have not may have been refused, or had to make way, since.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    private const int MostKnown = 4_096;
    private const int MostWaiting = 256;

    private readonly ConcurrentDictionary<string, Asked> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DemandNote> _waiting = new(StringComparer.Ordinal);

    /// <returns>Those that nobody calculates yet, and whether that will change.</returns>
    public IReadOnlyList<DemandedMetric> Use(Account account, IEnumerable<RuleMetric> metrics)
    {
        List<DemandedMetric>? demanded = null;
        foreach (var metric in metrics)
        {
            if (metric.Column >= 0) Renew(metric.Name);
            else if (demanded is null || !demanded.Exists(known => known.Name == metric.Name)) (demanded ??= []).Add(DemandedMetric.Of(metric.Name, Demand(account, metric.Name)));
        }

        return demanded ?? [];
    }

    /// <summary>Somebody looks at one that calculators have.</summary>
    public void Renew(string name)
    {
        if (_asked.TryGetValue(name, out var asked) && !asked.IsMissing && time.GetElapsedTime(asked.At) < Renewal) return;
        if (TryPut(new DemandNote(name, IsMissing: false, IsGuest: false))) Know(name, new Asked(time.GetTimestamp(), IsMissing: false));
    }

    /// <summary>All that is to be written; it is not here any more then.</summary>
    public List<DemandNote> TakeAll()
    {
        var all = new List<DemandNote>();
        foreach (var name in _waiting.Keys)
            if (_waiting.TryRemove(name, out var note)) all.Add(note);
        return all;
    }

    /// <summary>What could not be written waits for the next time.</summary>
    public void PutBack(IEnumerable<DemandNote> notes)
    {
        foreach (var note in notes)
            if (!_waiting.ContainsKey(note.Name)) TryPut(note);
    }

    /// <summary>What became of those that were asked for.</summary>
    public void Answer(IEnumerable<string> missing, IEnumerable<Refusal> refusals)
    {
        var refused = refusals.ToDictionary(refusal => refusal.Name, StringComparer.Ordinal);
        foreach (var name in missing)
            if (_asked.TryGetValue(name, out var asked)) _asked[name] = asked with { Refusal = refused.GetValueOrDefault(name) };
    }

    /// <returns>Null while it may come.</returns>
    private Refusal? Demand(Account account, string name)
    {
        var noRoom = new Refusal(name);
        // What was calculated until it had to make way is known too: it is asked for at once, and was paid for.
        var isKnown = _asked.TryGetValue(name, out var asked) && time.GetElapsedTime(asked.At) < FirstLooks.Lapse;
        if (!isKnown) asked = default;
        var mayHaveMore = asked is { Refusal.Objection: null, IsGuest: true } && !account.IsAnonymous;
        if (asked.IsMissing && !mayHaveMore && time.GetElapsedTime(asked.At) < Retry) return asked.Refusal;
        if (!isKnown && !looks.IsStill(name)) return allowance.IsLeft(account) ? null : noRoom;
        if (!isKnown && !allowance.TryTake(account)) return noRoom;
        if (!TryPut(new DemandNote(name, IsMissing: true, account.IsAnonymous))) return noRoom;
        asked = new Asked(time.GetTimestamp(), IsMissing: true, asked.Refusal, account.IsAnonymous);
        Know(name, asked);
        return asked.Refusal;
    }

    private bool TryPut(DemandNote note)
    {
        if (_waiting.Count >= MostWaiting) return false;
        _waiting[note.Name] = note;
        return true;
    }

    private void Know(string name, Asked asked)
    {
        if (_asked.Count >= MostKnown) _asked.Clear(); // each is asked for once more, and counts against its caller again
        _asked[name] = asked;
    }

    private readonly record struct Asked(long At, bool IsMissing, Refusal? Refusal = null, bool IsGuest = false);
}

/// <param name="IsMissing">Nobody calculates it; else it is one that is in use.</param>
/// <param name="IsGuest">Whoever asks is not signed in.</param>
internal readonly record struct DemandNote(string Name, bool IsMissing, bool IsGuest);
