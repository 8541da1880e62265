using System.Net;
using CryptoScreener.ApiGateway.Edge;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

internal enum AdmissionAnswer
{
    Welcome,
    Full,
    TooOften,
}

/// <summary>How many may be connected, and how often an address may connect. An IPv6 network of 64 bits counts as one address.</summary>
internal sealed class Admission(IOptions<RealtimeOptions> options, TimeProvider time)
{
    private const int MaxAddresses = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (long Since, int Connects)> _addresses = [];
    private int _connected;

    public int Connected => Volatile.Read(ref _connected);

    public int Capacity => options.Value.MaxConnections;

    /// <returns>Why it is not let in; null for who is welcome and must <see cref="Leave"/>.</returns>
    public ApiProblem? Enter(HttpContext http) => Enter(http.Connection.RemoteIpAddress) switch
    {
        AdmissionAnswer.Full => Refusal.Full(),
        AdmissionAnswer.TooOften => Refusal.TooOften(options.Value.ConnectsPerMinute),
        _ => null,
    };

    /// <summary>Who is welcome must <see cref="Leave"/>.</summary>
    public AdmissionAnswer Enter(IPAddress? address)
    {
        lock (_lock)
        {
            if (!MayConnect(ClientNetwork.Of(address))) return AdmissionAnswer.TooOften;
            if (_connected >= options.Value.MaxConnections) return AdmissionAnswer.Full;
            _connected++;
            return AdmissionAnswer.Welcome;
        }
    }

    public void Leave()
    {
        lock (_lock) _connected--;
    }

    private bool MayConnect(IPAddress address)
    {
        var (since, connects) = _addresses.GetValueOrDefault(address);
        if (connects == 0 || time.GetElapsedTime(since) >= Window) (since, connects) = (time.GetTimestamp(), 0);
        if (connects >= options.Value.ConnectsPerMinute) return false;
        if (_addresses.Count >= MaxAddresses) Forget();
        _addresses[address] = (since, connects + 1);
        return true;
    }

    private void Forget()
    {
        foreach (var (address, entry) in _addresses)
            if (time.GetElapsedTime(entry.Since) >= Window) _addresses.Remove(address);
        if (_addresses.Count >= MaxAddresses) _addresses.Clear(); // a flood from everywhere: memory counts more than the count
    }
}
