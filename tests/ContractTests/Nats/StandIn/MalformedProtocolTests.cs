using System.Text;
using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>Servers that break off or break the rules. Whatever they say, the client comes back and works with the next one.</summary>
public sealed class MalformedProtocolTests
{
    private const string Pong = "PONG\r\n";
    private const string Talk =
        Pong + "MSG a.b 1 5\r\nhello\r\nHMSG a.b 1 c.d 22 25\r\nNATS/1.0\r\nK: value\r\n\r\nabc\r\nPING\r\n+OK\r\n-ERR 'Some trouble'\r\n" + ScriptedServer.Info;

    public static TheoryData<string> Nonsense => [.. ProtocolCorpus.Violations];

    [Fact]
    public async Task A_server_that_breaks_off_anywhere_is_left_for_the_next()
    {
        var scripts = Enumerable.Range(0, ScriptedServer.Info.Length).Select(length => new ScriptedServer.Script(ScriptedServer.Info[..length] + "\r\n", Pong))
            .Concat(Enumerable.Range(0, Talk.Length).Select(length => new ScriptedServer.Script(ScriptedServer.Info, Talk[..length])));

        await PlayAsync(scripts);
    }

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task A_server_that_talks_nonsense_is_left_for_the_next(string nonsense) =>
        await PlayAsync([new ScriptedServer.Script(ScriptedServer.Info, Pong + nonsense), new ScriptedServer.Script(nonsense, nonsense)]);

    [Fact]
    public async Task A_line_without_an_end_is_left_for_the_next() =>
        await PlayAsync([new ScriptedServer.Script(ScriptedServer.Info, Pong + new string('x', 200_000))]);

    [Fact]
    public async Task A_server_that_damages_what_it_says_is_left_for_the_next()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string Any(string[] corpus) => corpus[random.Next(corpus.Length)];
        var scripts = Enumerable.Range(0, 300).Select(_ =>
        {
            var text = Any(ProtocolCorpus.Operations);
            var damaged = ProtocolCorpus.Damage(text, random.Next(text.Length), (byte)random.Next(256), random.Next(text.Length), Any(ProtocolCorpus.Operations));
            return new ScriptedServer.Script(ScriptedServer.Info, Pong + Encoding.Latin1.GetString(damaged));
        });

        await PlayAsync(scripts.ToList(), $"seed {seed}");
    }

    // Reconnects until every script has been played, then has to work.
    private static async Task PlayAsync(IEnumerable<ScriptedServer.Script> scripts, string what = "")
    {
        await using var server = new ScriptedServer(scripts);
        var opts = NatsRig.Opts(server.Url) with
        {
            RetryOnInitialConnect = true,
            ReconnectWaitMin = TimeSpan.FromMilliseconds(1),
            ReconnectWaitMax = TimeSpan.FromMilliseconds(1),
            ReconnectJitter = TimeSpan.Zero,
        };
        await using var connection = new NatsConnection(opts);
        await connection.ConnectAsync();

        await Eventually.TrueAsync(
            () => server.Left == 0 && connection.ConnectionState == NatsConnectionState.Open, $"all scripts are played and the last server is taken {what}");
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await connection.PingAsync();
                    return true;
                }
                catch (OperationCanceledException)
                {
                    return false; // it went to the last script's server, which left
                }
            },
            $"the last server answers {what}");
    }
}
