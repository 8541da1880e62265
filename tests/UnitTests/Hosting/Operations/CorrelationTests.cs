using CryptoScreener.Hosting;
using Microsoft.AspNetCore.Builder;

namespace CryptoScreener.UnitTests.Hosting.Operations;

public sealed class CorrelationTests
{
    [Fact]
    public async Task A_request_keeps_the_callers_id_and_answers_with_it()
    {
        await using var app = await StartAsync();

        var (seen, answered) = await AskAsync(app, "order-42");

        Assert.Equal(("order-42", "order-42"), (seen, answered));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("two words")]
    [InlineData("quote\"")]
    public async Task A_missing_or_unacceptable_id_is_replaced_by_a_new_one(string? id)
    {
        await using var app = await StartAsync();

        var (seen, answered) = await AskAsync(app, id);

        Assert.Equal(seen, answered);
        Assert.NotEqual(id, seen);
        Assert.True(CorrelationIds.IsAcceptable(seen));
    }

    [Fact]
    public void An_id_that_is_too_long_is_not_acceptable()
    {
        Assert.True(CorrelationIds.IsAcceptable(new('a', 128)));
        Assert.False(CorrelationIds.IsAcceptable(new('a', 129)));
    }

    [Fact]
    public void The_outer_id_returns_when_the_inner_scope_ends()
    {
        using (Correlation.Begin("outer"))
        {
            using (Correlation.Begin("inner")) Assert.Equal("inner", Correlation.Current);
            Assert.Equal("outer", Correlation.Current);
        }

        Assert.Null(Correlation.Current);
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"]);
        var app = builder.Build();
        app.UseCorrelationIds();
        app.MapGet("/", () => Correlation.Current);
        await app.StartAsync();
        return app;
    }

    private static async Task<(string Seen, string Answered)> AskAsync(WebApplication app, string? id)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.First());
        if (id is not null) request.Headers.TryAddWithoutValidation(CorrelationIds.Header, id);
        using var answer = await client.SendAsync(request);
        return (await answer.Content.ReadAsStringAsync(), answer.Headers.GetValues(CorrelationIds.Header).Single());
    }
}
