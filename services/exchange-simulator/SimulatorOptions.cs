using CryptoScreener.ExchangeSimulator.Recording;

namespace CryptoScreener.ExchangeSimulator;

/// <summary>What the command line or the environment may set; README.md explains each.</summary>
internal sealed class SimulatorOptions
{
    public const double FastestSpeed = 100_000;

    public int Instruments { get; set; } = 50;

    /// <summary>How many more are held back, to be listed while running.</summary>
    public int Reserve { get; set; } = 10;

    /// <summary>The exchanges to simulate, separated by commas.</summary>
    public string Exchanges { get; set; } = "binance-futures,binance-spot,bybit-linear,okx-swap";

    /// <summary>Updates per second of real time and instrument while a bar forms.</summary>
    public double Rate { get; set; } = 4;

    /// <summary>Trades per minute that every instrument has at least, dead ones excepted; for load tests, where every update must have something to tell.</summary>
    public int LeastTrades { get; set; }

    public ulong Seed { get; set; } = 1;

    public int Port { get; set; } = 9400;

    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Simulated seconds per real second.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>The simulated instant at start; now when absent.</summary>
    public DateTimeOffset? Start { get; set; }

    /// <summary>A file of scripted minutes.</summary>
    public string? Tape { get; set; }

    /// <summary>A recording that the exchanges it was made of play instead of generated markets.</summary>
    public string? Replay { get; set; }

    /// <summary>Do not simulate: record the streams of another exchange into this file.</summary>
    public string? Record { get; set; }

    /// <summary>What to record: the address of an exchange's sockets and the names of its streams, separated by commas.</summary>
    public Uri? From { get; set; }

    public string Streams { get; set; } = "";

    /// <summary>How long to record; until stopped when absent.</summary>
    public TimeSpan? For { get; set; }

    /// <summary>A file of fault orders with their times.</summary>
    public string? Faults { get; set; }

    public int WeightLimit { get; set; } = 2_400;

    /// <summary>How long a minute of Binance's weight limits lasts.</summary>
    public TimeSpan LimitMinute { get; set; } = TimeSpan.FromMinutes(1);

    public int MessagesPerSecond { get; set; } = 10;

    public int StreamsPerConnection { get; set; } = 1_024;

    public TimeSpan PingInterval { get; set; } = TimeSpan.FromMinutes(3);

    public TimeSpan PongDeadline { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan ConnectionLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>From the command line and from variables that begin with SIMULATOR_: a stray PORT in the environment is not meant for us.</summary>
    public static SimulatorOptions Read(string[] args)
    {
        var options = new ConfigurationBuilder().AddEnvironmentVariables("SIMULATOR_").AddCommandLine(args).Build().Get<SimulatorOptions>() ?? new SimulatorOptions();
        return options.Complaints().ToArray() is { Length: > 0 } complaints ? throw new SettingsException(string.Join(Environment.NewLine, complaints)) : options;
    }

    /// <summary>Every reason why these settings cannot work, in words for whoever typed them.</summary>
    public IEnumerable<string> Complaints()
    {
        if (Instruments is < 1 or > 20_000) yield return $"--instruments {Instruments}: choose 1 to 20000";
        if (Rate is not (> 0 and <= 100)) yield return $"--rate {Rate}: choose more than 0 and at most 100 updates per second";
        if (Speed is not (>= 0 and <= FastestSpeed)) yield return $"--speed {Speed}: choose 0 (stand still) to {FastestSpeed}";
        if (Port is < 0 or > 65_535) yield return $"--port {Port}: choose 0 (any free port) to 65535";
        if (Tape is not null && !File.Exists(Tape)) yield return $"--tape {Tape}: there is no such file";
        if (Faults is not null && !File.Exists(Faults)) yield return $"--faults {Faults}: there is no such file";
        if (Replay is not null && !File.Exists(Replay)) yield return $"--replay {Replay}: there is no such file";
        if (Record is not null && (From is null || Streams.Length == 0))
            yield return $"--record needs --from ws://… and --streams, for instance {string.Join(" or ", StreamProtocol.All.Select(p => p.Example))}";
        if (LeastTrades is < 0 or > 50_000) yield return $"--leasttrades {LeastTrades}: choose 0 to 50000";
        if (Reserve is < 0 or > 1_000) yield return $"--reserve {Reserve}: choose 0 to 1000";
        if (WeightLimit < 1) yield return $"--weightlimit {WeightLimit}: must be positive";
        if (LimitMinute < TimeSpan.FromSeconds(1) || LimitMinute > TimeSpan.FromHours(1)) yield return $"--limitminute {LimitMinute}: choose 00:00:01 to 01:00:00";
    }
}
