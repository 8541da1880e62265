using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.Rules.Evaluation;

/// <summary>What closes said that live news of later minutes had overtaken: it is heard when the next frame does not say otherwise.</summary>
internal sealed class OvertakenCloses
{
    private readonly Dictionary<CompiledRule, Truth> _said = [];
    private long _liveMinute = long.MinValue;

    /// <summary>Whether the frame at hand is such a close.</summary>
    public bool IsAtOne { get; private set; }

    /// <summary>Whether something of an earlier frame is to be heard now.</summary>
    public bool IsHeard => !IsAtOne && _said.Count > 0;

    public void SeenLive(long minute) => _liveMinute = Math.Max(_liveMinute, minute);

    public void Begin(Moment at, bool hasData)
    {
        if (!at.IsClosed) SeenLive(at.Minute);
        IsAtOne = at.IsClosed && hasData && at.Minute < _liveMinute;
    }

    public void BeginTick() => IsAtOne = false;

    public void Keep(CompiledRule rule, Truth truth) => _said[rule] = truth;

    public (CompiledRule Rule, Truth Truth) Take()
    {
        var (rule, truth) = _said.First();
        _said.Remove(rule);
        return (rule, truth);
    }

    public void Forget(CompiledRule rule)
    {
        if (_said.Count > 0) _said.Remove(rule);
    }

    public void Drop(Func<CompiledRule, bool> isGone)
    {
        foreach (var rule in _said.Keys)
        {
            if (isGone(rule)) _said.Remove(rule); // which a dictionary allows while it is walked
        }
    }
}
