using System.Collections.Immutable;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Realtime.Topics;

namespace CryptoScreener.ApiGateway.Realtime.Channels;

/// <summary>Wakes those who follow alerts when there is a new one.</summary>
internal sealed class AlertBell
{
    private ImmutableArray<IWake> _followers = [];

    public AlertBell(AlertRing ring) => ring.Added += _ => Ring();

    public void Join(IWake follower) => ImmutableInterlocked.Update(ref _followers, static (all, one) => all.Add(one), follower);

    public void Leave(IWake follower) => ImmutableInterlocked.Update(ref _followers, static (all, one) => all.Remove(one), follower);

    private void Ring()
    {
        foreach (var follower in _followers) follower.Wake();
    }
}
