using System.Net;
using System.Net.Http.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Storage.Access;
using CryptoScreener.Storage.Rules;
using CryptoScreener.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>Nobody's change is lost, nothing is sent twice, nothing happens twice.</summary>
[Collection(GatewayRest.Name)]
public sealed class ConditionalTests(GatewayFixture fixture)
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Of_two_who_change_the_same_version_one_is_told()
    {
        var key = await _gateway.KeyAsync("editor", "trader");
        var made = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", key, new { name = "edited", expression = "change(5m) > 1" });
        var (path, tag) = (made.Headers.Location!.ToString(), made.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await PutAsync(path, key, "nobody")).StatusCode);
        var both = await Task.WhenAll(PutAsync(path, key, "one", ("If-Match", tag)), PutAsync(path, key, "other", ("If-Match", tag)));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], both.Select(answer => answer.StatusCode).Order());
        var now = await _gateway.SendAsync(HttpMethod.Get, path, key);
        Assert.StartsWith("\"2-", now.Headers.ETag!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, (await _gateway.SendAsync(HttpMethod.Get, path, key, headers: ("If-None-Match", now.Headers.ETag.ToString()))).StatusCode);
        Assert.Equal([2, 1], (await _gateway.GetAsync($"{path}/versions", key)).EnumerateArray().Select(version => version.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task A_rule_that_cannot_run_any_more_is_sent_again_and_is_no_other_version()
    {
        var key = await _gateway.KeyAsync("watcher", "trader");
        var path = (await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", key, new { name = "watched", expression = "change(5m) > 1" })).Headers.Location!.ToString();
        var tag = (await _gateway.SendAsync(HttpMethod.Get, path, key)).Headers.ETag!.ToString();
        await _gateway.Get<RuleFaultStore>().ReplaceAsync([new FaultyRule(path.Split('/')[^1], 1, "There is no metric 'change(5m)'.")]);
        var again = await _gateway.SendAsync(HttpMethod.Get, path, key, headers: ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Contains("faulty", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(path, key, "mended", ("If-Match", tag))).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync(path, key, "late", ("If-Match", again.Headers.ETag!.ToString()))).StatusCode);
    }

    [Fact]
    public async Task Settings_that_were_changed_meanwhile_are_written_over_only_by_who_insists()
    {
        const string path = "/api/v1/settings";
        var key = await _gateway.KeyAsync("two-browsers", "reader");
        var none = (await _gateway.SendAsync(HttpMethod.Get, path, key)).Headers.ETag!.ToString();
        var first = await SaveAsync("dark", ("If-Match", none));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await SaveAsync("late", ("If-Match", none))).StatusCode); // there is something now
        var read = await _gateway.SendAsync(HttpMethod.Get, path, key);
        Assert.Equal(HttpStatusCode.NotModified, (await _gateway.SendAsync(HttpMethod.Get, path, key, headers: ("If-None-Match", read.Headers.ETag!.ToString()))).StatusCode);
        var both = await Task.WhenAll(SaveAsync("light", ("If-Match", read.Headers.ETag!.ToString())), SaveAsync("system", ("If-Match", first.Headers.ETag!.ToString())));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], both.Select(answer => answer.StatusCode).Order());
        Assert.Equal(HttpStatusCode.OK, (await SaveAsync("insists", ("If-Match", "*"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SaveAsync("as before")).StatusCode);

        var other = await _gateway.KeyAsync("nothing-yet", "reader");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await _gateway.SendAsync(HttpMethod.Put, path, other, new { theme = "dark" }, ("If-Match", first.Headers.ETag!.ToString()))).StatusCode);
        Assert.Equal("{}", (await _gateway.GetAsync(path, other)).GetRawText());

        Task<HttpResponseMessage> SaveAsync(string theme, params (string, string)[] headers) => _gateway.SendAsync(HttpMethod.Put, path, key, new { theme }, headers);
    }

    [Theory]
    [InlineData("/api/v1/catalogue")]
    [InlineData("/api/v1/instruments")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs")]
    public async Task What_one_has_already_is_not_sent_again(string path)
    {
        var first = await _gateway.SendAsync(HttpMethod.Get, path);
        Assert.NotEmpty(await first.Content.ReadAsByteArrayAsync());
        var again = await _gateway.SendAsync(HttpMethod.Get, path, headers: ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal(HttpStatusCode.OK, (await _gateway.SendAsync(HttpMethod.Get, path, headers: ("If-None-Match", "\"other\""))).StatusCode);
    }

    [Fact]
    public async Task A_request_that_is_sent_by_many_at_once_to_two_gateways_happens_once()
    {
        await using var other = await fixture.StartAnotherAsync();
        var key = await _gateway.KeyAsync("impatient", "trader");
        var body = new { name = "once", expression = "change(5m) > 1" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? _gateway : other).SendAsync(HttpMethod.Post, "/api/v1/rules", key, body, ("Idempotency-Key", "the-same"))));
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, $"{answer.StatusCode}")); // 409: the first is still at it
        Assert.Single((await _gateway.GetAsync("/api/v1/rules?scope=own", key)).EnumerateArray());
        var replayed = await other.SendAsync(HttpMethod.Post, "/api/v1/rules", key, body, ("Idempotency-Key", "the-same"));
        Assert.Equal((HttpStatusCode.Created, "true"), (replayed.StatusCode, replayed.Headers.GetValues("Idempotent-Replayed").Single()));
        Assert.Equal("\"1\"", replayed.Headers.ETag!.ToString());
        var changed = await other.SendAsync(HttpMethod.Post, "/api/v1/rules", key, new { name = "another", expression = "change(5m) > 1" }, ("Idempotency-Key", "the-same"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed.StatusCode);
        var mine = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", await _gateway.KeyAsync("somebody-else", "trader"), body, ("Idempotency-Key", "the-same"));
        Assert.False(mine.Headers.Contains("Idempotent-Replayed"));
    }

    [Fact]
    public async Task What_was_done_for_a_client_that_left_is_not_done_again()
    {
        var seen = new SeenAborts();
        await using var gateway = await fixture.StartAnotherAsync(services => services.AddSingleton<IStartupFilter>(seen));
        var key = await gateway.KeyAsync("gone", "trader");
        var body = new { name = "left alone", expression = "change(5m) > 1" };
        await using var database = NpgsqlDataSource.Create(gateway.Database);
        await using (var connection = await database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            // The note in the audit log is what the request does after its rule was stored: there it waits.
            await using var hold = new NpgsqlCommand("LOCK TABLE audit IN ACCESS EXCLUSIVE MODE", connection, transaction);
            await hold.ExecuteNonQueryAsync();
            using var leaving = new CancellationTokenSource();
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/rules") { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", "left");
            request.Headers.Add("X-API-Key", key);
            var asking = gateway.Http.SendAsync(request, leaving.Token);
            await Eventually.TrueAsync(async () => (await gateway.GetAsync("/api/v1/rules?scope=own", key)).GetArrayLength() == 1, "the rule is stored");
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
            await seen.Aborted;
        }

        HttpResponseMessage again;
        do again = await gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", key, body, ("Idempotency-Key", "left"));
        while (again.StatusCode == HttpStatusCode.Conflict); // the first is still at it
        Assert.Equal((HttpStatusCode.Created, "true"), (again.StatusCode, again.Headers.GetValues("Idempotent-Replayed").Single()));
        Assert.Single((await gateway.GetAsync("/api/v1/rules?scope=own", key)).EnumerateArray());
    }

    [Fact]
    public async Task A_request_whose_answer_was_lost_with_the_database_adds_nothing_again()
    {
        await using var gateway = await fixture.StartAnotherAsync(("Quotas:Rules", "1")); // which the lost one fills
        var key = await gateway.KeyAsync("unlucky", "trader");
        var body = new { name = "unlucky", expression = "change(5m) > 1" };
        await using var database = NpgsqlDataSource.Create(gateway.Database);
        await using (var connection = await database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            // What is read for the answer waits here; its connections are cut until it is given up.
            await ExecuteAsync(connection, "LOCK TABLE rule_faults IN ACCESS EXCLUSIVE MODE");
            var asking = AddAsync();
            await Eventually.TrueAsync(
                async () =>
                {
                    await ExecuteAsync(connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%rule_faults%'");
                    return asking.IsCompleted;
                },
                "the answer is given up");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await asking).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Created, (await AddAsync()).StatusCode);
        Assert.Single((await gateway.GetAsync("/api/v1/rules?scope=own", key)).EnumerateArray());

        Task<HttpResponseMessage> AddAsync() => gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", key, body, ("Idempotency-Key", "lost"));
    }

    [Fact]
    public async Task A_key_stays_with_a_request_that_takes_long()
    {
        var store = _gateway.Get<IdempotencyStore>();
        var (owner, time, isHeld) = ($"slow-{Guid.NewGuid():N}", new ManualTime(), false);
        await using var database = NpgsqlDataSource.Create(_gateway.Database);
        await using var connection = await database.OpenConnectionAsync();
        var http = new DefaultHttpContext { Request = { Method = "POST" } };
        http.Request.Headers["Idempotency-Key"] = "long";
        http.Features.Set(new Account(owner, owner, Role.Trader, []));
        http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new Access(Role.Trader, Scopes.Rules, Write: true, Known: true)), "slow"));
        await new Idempotency(
            async _ =>
            {
                await ExecuteAsync(connection, $"UPDATE idempotency SET created_at = now() - interval '50 seconds' WHERE owner = '{owner}'");
                time.Advance(TimeSpan.FromSeconds(21));
                await Eventually.TrueAsync(
                    async () => await ExecuteAsync(connection, $"SELECT 1 FROM idempotency WHERE owner = '{owner}' AND created_at > now() - interval '40 seconds'") is 1, "it is held");
                isHeld = true;
            },
            store,
            time).InvokeAsync(http);
        Assert.True(isHeld);
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    [Fact]
    public async Task An_answer_that_held_a_secret_is_not_kept()
    {
        var key = await _gateway.KeyAsync("careful", "trader");
        var body = new { name = "hook", kind = "webhook", target = "https://hooks.example/in" };
        var first = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/endpoints", key, body, ("Idempotency-Key", "e1"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var second = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/endpoints", key, body, ("Idempotency-Key", "e1"));
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.DoesNotContain("whsec_", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single((await _gateway.GetAsync("/api/v1/endpoints", key)).EnumerateArray());
    }

    [Fact]
    public async Task An_endpoint_and_a_policy_whose_answer_was_not_kept_are_found_when_they_are_sent_again()
    {
        var key = await _gateway.KeyAsync("forgotten", "trader");
        var hook = new { name = "hook", kind = "webhook", target = "https://hooks.example/in" };
        var chat = new { name = "chat", kind = "discord", target = "https://discord.com/api/webhooks/1/x" };
        var kept = (await _gateway.SendAsync(HttpMethod.Post, "/api/v1/endpoints", key, hook, ("Idempotency-Key", "forgotten-hook"))).Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.Created, (await _gateway.SendAsync(HttpMethod.Post, "/api/v1/endpoints", key, chat, ("Idempotency-Key", "forgotten-chat"))).StatusCode);
        var policy = new { name = "all", steps = new[] { new { after_seconds = 0, endpoints = new[] { kept.Split('/')[^1] } } } };
        var first = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/policies", key, policy, ("Idempotency-Key", "forgotten-policy"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await using (var database = NpgsqlDataSource.Create(_gateway.Database))
        await using (var connection = await database.OpenConnectionAsync())
        {
            await ExecuteAsync(connection, "DELETE FROM idempotency WHERE key LIKE 'forgotten-%'");
        }

        var again = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/endpoints", key, hook, ("Idempotency-Key", "forgotten-hook"));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode); // its receiver goes on with the secret that it was given
        Assert.Contains(kept.Split('/')[^1], await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await _gateway.SendAsync(HttpMethod.Post, "/api/v1/endpoints", key, chat, ("Idempotency-Key", "forgotten-chat"))).StatusCode);
        var same = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/policies", key, policy, ("Idempotency-Key", "forgotten-policy"));
        Assert.Equal((HttpStatusCode.Created, first.Headers.Location), (same.StatusCode, same.Headers.Location));
        Assert.Equal(2, (await _gateway.GetAsync("/api/v1/endpoints", key)).GetArrayLength());
        Assert.Single((await _gateway.GetAsync("/api/v1/policies", key)).EnumerateArray());
    }

    /// <summary>Tells when the server has noticed that a client left in the middle of a POST.</summary>
    private sealed class SeenAborts : IStartupFilter
    {
        private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Aborted => _aborted.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, following) =>
            {
                if (HttpMethods.IsPost(http.Request.Method)) http.RequestAborted.Register(() => _aborted.TrySetResult());
                return following(http);
            });
            next(app);
        };
    }

    private Task<HttpResponseMessage> PutAsync(string path, string key, string name, params (string, string)[] headers) =>
        _gateway.SendAsync(HttpMethod.Put, path, key, new { name, expression = "change(5m) > 2" }, headers);
}
