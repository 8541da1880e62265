using CryptoScreener.Testing;
using NATS.Client.JetStream.Internal;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>A server's side of a window of ten: it sends what was asked for, or says that it will not, or forgets it, or says so too late.</summary>
internal sealed class PlayedPulls
{
    private const int Max = 10;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private readonly ManualTime _clock = new();
    private readonly PullWindow _window;
    private readonly List<Pull> _open = [];
    private readonly List<long> _givenUp = [];
    private long _pulls;
    private long _waiting;

    // Whether the window can know what is on the way; it cannot while a pull may have been forgotten that has not lived its time.
    private bool _isExact = true;

    public PlayedPulls()
    {
        _window = new PullWindow(Max, 0, Max / 2, 0, Lifetime, _clock);
        Ask(_window.Restart("_INBOX.x.*"));
    }

    private long Held => _open.Where(pull => !pull.IsLost).Sum(pull => pull.Left) + _waiting;

    /// <returns>Whether the law held after every step.</returns>
    public bool Play(IEnumerable<int> steps) => steps.All(step => TakeStep(step) && Held <= Max && (!_isExact || Held > Max / 2));

    private bool TakeStep(int step)
    {
        var next = _open.Find(pull => !pull.IsLost && pull.Left > 0);
        switch (step)
        {
            case <= 2 when next is not null:
                _window.Arrived(1);
                next.Left--;
                _waiting++;
                break;
            case 3 or 4 when _waiting > 0:
                _waiting--;
                Ask(_window.Read(1, 1));
                break;
            case 5 when next is not null:
                _open.Remove(next);
                Ask(_window.Expired(next.Number, next.Left, 0));
                break;
            case 6 when next is not null:
                next.IsLost = true;
                _isExact = false;
                break;
            case 7:
                return Pass();
        }

        return true;
    }

    /// <summary>A third of a life passes; nobody says that a pull has ended, or says it when it is known.</summary>
    private bool Pass()
    {
        _clock.Advance(Lifetime / 3);
        var over = _open.FindAll(pull => _clock.GetUtcNow() - pull.Sent >= Lifetime);
        _open.RemoveAll(over.Contains);
        _givenUp.AddRange(over.Select(pull => pull.Number));
        if (over.Exists(pull => pull.Left > 0)) _isExact = false;
        if (_open.Count == 0) _isExact = true;
        Ask(_window.Overdue());
        return _givenUp.TrueForAll(pull => _window.Expired(pull, Max, 0) is null);
    }

    private void Ask(PullSize? pull)
    {
        if (pull is { } asked) _open.Add(new Pull(++_pulls, _clock.GetUtcNow()) { Left = asked.Messages });
    }

    private sealed class Pull(long number, DateTimeOffset sent)
    {
        public long Number => number;

        public DateTimeOffset Sent => sent;

        public long Left { get; set; }

        public bool IsLost { get; set; }
    }
}
