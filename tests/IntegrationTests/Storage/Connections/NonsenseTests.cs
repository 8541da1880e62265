using System.Collections.Concurrent;
using System.Globalization;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Testing;
using Npgsql;

namespace CryptoScreener.IntegrationTests.Storage.Connections;

/// <summary>A network that tells nonsense in the middle of an answer is an outage like any other: whoever waits for the database waits on.</summary>
public sealed class NonsenseTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const int Rounds = 60;

    [Fact]
    public async Task Nonsense_from_the_network_counts_as_a_server_that_is_away_and_the_next_call_works()
    {
        var direct = new NpgsqlConnectionStringBuilder(await servers.CreateDatabaseAsync());
        await using var link = new FaultyLink("PostgreSQL", direct.Port);
        await using var storage = new TestStorage(new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Port = int.Parse(link.Port, CultureInfo.InvariantCulture) }.ConnectionString);
        await storage.ExecuteAsync("CREATE TABLE spoken (id bigint, words text)");

        var failures = new ConcurrentBag<Exception>();
        using var enough = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    await storage.ExecuteAsync("INSERT INTO spoken SELECT i, repeat('x', 100) FROM generate_series(1, 50) i");
                    await storage.ScalarAsync<long>("SELECT count(*) FROM (SELECT DISTINCT id, words FROM spoken) s");
                    await storage.ScalarAsync<string>("SELECT string_agg(words, '') FROM (SELECT words FROM spoken LIMIT 5000) s");
                }
                catch (Exception e)
                {
                    failures.Add(e);
                }
            }
        })).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var before = failures.Count;
            await Eventually.TrueAsync(
                async () =>
                {
                    await link.CorruptAsync();
                    return failures.Count > before;
                },
                "somebody hears the nonsense");
        }

        await enough.CancelAsync();
        await Task.WhenAll(asking);
        var others = failures.Where(e => !DatabaseErrors.IsUnavailable(e)).GroupBy(e => $"{e.GetType().Name}: {e.Message}").Select(same => $"{same.Count()} times {same.First()}").ToList();
        Assert.True(others.Count == 0, string.Join(Environment.NewLine, others));
        await Eventually.TrueAsync(async () => await AnswersAsync(storage), "the database answers again");
    }

    private static async Task<bool> AnswersAsync(TestStorage storage)
    {
        try
        {
            return await storage.ScalarAsync<int>("SELECT 1") == 1;
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e))
        {
            return false;
        }
    }
}
