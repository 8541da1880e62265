using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Faults;

/// <summary>Carries out fault orders, at once or when their time has come.</summary>
internal sealed class FaultDispatcher(IEnumerable<Venue> venues, TimeProvider time)
{
    private const int ShutdownNoticeSeconds = 10;
    private readonly Lock _lock = new();
    private readonly List<(long Since, FaultOrder Order)> _waiting = [];

    /// <summary>Accepts all of the orders or none.</summary>
    public void Accept(params ReadOnlySpan<FaultOrder> orders)
    {
        foreach (var order in orders)
            if (Complaint(order) is { } complaint) throw new FaultException(complaint);
        foreach (var order in orders)
        {
            if (order.After <= 0) Execute(order);
            else
                lock (_lock) _waiting.Add((time.GetTimestamp(), order));
        }
    }

    /// <summary>Begins what was ordered for later. Called by the feed's timer.</summary>
    public void Tick()
    {
        FaultOrder[] due;
        lock (_lock)
        {
            if (_waiting.Count == 0) return;
            due = [.. _waiting.Where(IsDue).OrderBy(w => w.Order.After).Select(w => w.Order)];
            _waiting.RemoveAll(w => IsDue(w));
        }

        foreach (var order in due) Execute(order);
    }

    public void Clear()
    {
        lock (_lock) _waiting.Clear();
        foreach (var venue in venues) venue.Faults.Clear();
    }

    private bool IsDue((long Since, FaultOrder Order) waiting) => time.GetElapsedTime(waiting.Since).TotalSeconds >= waiting.Order.After;

    private string? Complaint(FaultOrder order)
    {
        if (order.Complaint() is { } complaint) return complaint;
        var meant = Meant(order).ToArray();
        if (meant.Length == 0) return $"there is no exchange {order.Exchange}; running: {string.Join(' ', venues.Select(v => v.Name))}";
        if (order.Symbol is { } symbol && meant.All(v => v.Market.Find(symbol) is null)) return $"no exchange meant by this order knows {symbol}; GET /sim/markets lists the symbols";
        return null;
    }

    private IEnumerable<Venue> Meant(FaultOrder order) => venues.Where(v => order.Exchange is null || v.Name == order.Exchange);

    private void Execute(FaultOrder order)
    {
        foreach (var venue in Meant(order)) Execute(order, venue);
    }

    private void Execute(FaultOrder order, Venue venue)
    {
        switch (order.Kind)
        {
            case FaultKind.Drop:
                Strike(order, venue, socket => socket.Abort());
                break;
            case FaultKind.HalfOpen:
                Strike(order, venue, socket => socket.IsHalfOpen = true);
                break;
            case FaultKind.Cut:
                Strike(order, venue, socket => socket.Close(CloseCode.Normal, "Connection reached its maximum age"));
                break;
            case FaultKind.ServerShutdown:
                var notice = venue.ShutdownNotice();
                Strike(order, venue, socket =>
                {
                    if (notice is not null) socket.Send(notice);
                    var at = time.GetUtcNow() + TimeSpan.FromSeconds(order.Seconds ?? ShutdownNoticeSeconds);
                    socket.Farewell = (at.ToUnixTimeMilliseconds(), CloseCode.GoingAway, "Server shutdown");
                });
                break;
            case FaultKind.Correct:
                if (venue.Market.Find(order.Symbol!) is { } listing) Correct(order, venue, listing);
                break;
            case FaultKind.List:
                if (venue.Market.ListAnother(order.Symbol)) venue.Faults.Count(order.Kind);
                break;
            case FaultKind.Delist:
                if (venue.Market.Delist(order.Symbol!)) venue.Faults.Count(order.Kind);
                break;
            default:
                venue.Faults.Add(order);
                break;
        }
    }

    private static void Strike(FaultOrder order, Venue venue, Action<ClientSocket> strike)
    {
        foreach (var socket in venue.Feed.Sockets.Take(order.Count ?? int.MaxValue))
        {
            strike(socket);
            venue.Faults.Count(order.Kind);
        }
    }

    private static void Correct(FaultOrder order, Venue venue, Listing listing)
    {
        listing.Correct(venue.Market.Clock.NowMinute - order.MinutesAgo);
        venue.Faults.Count(order.Kind);
    }
}
