namespace NATS.Client.Core.Internal.Transport;

/// <summary>The servers to try, in what order: the configured ones and those the cluster announced, the one just lost last.</summary>
internal sealed class ServerList
{
    // More than clusters have. Every address announced is dialled before a configured one is tried again.
    private const int MostAnnounced = 64;

    private readonly ServerAddress[] _seeds;
    private readonly bool _randomize;
    private ServerAddress[] _announced = [];

    public ServerList(NatsOpts opts)
    {
        _seeds = [.. opts.Url.Split(',').Select(url => ServerAddress.Parse(url, isSeed: true)).Distinct()];
        _randomize = !opts.NoRandomize;
    }

    public ServerAddress First => _seeds[0];

    /// <summary>The configured servers, without the secrets that their addresses may carry.</summary>
    public override string ToString() => string.Join<ServerAddress>(',', _seeds);

    public void Announce(string[]? urls, string scheme)
    {
        if (urls is not null)
            _announced = [.. urls.Select(url => ServerAddress.TryParse(url, scheme)).OfType<ServerAddress>().Take(MostAnnounced)];
    }

    public ServerAddress[] Candidates(ServerAddress? lost)
    {
        // A seed's own entry wins over its announcement: it knows the host name certificates are checked against.
        var all = _seeds.Concat(_announced).Distinct().ToArray();
        if (_randomize)
            Random.Shared.Shuffle(all);
        return lost is null ? all : [.. all.Where(address => address != lost), lost];
    }
}
