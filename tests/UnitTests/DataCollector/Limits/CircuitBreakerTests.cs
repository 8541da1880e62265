using System.Net;
using CryptoScreener.DataCollector.Exchanges.Rest;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector.Limits;

public sealed class CircuitBreakerTests
{
    private readonly ManualTime _time = new();
    private readonly RestHealth _health;

    public CircuitBreakerTests() => _health = new RestHealth(_time);

    [Fact]
    public void Five_failures_in_a_row_open_it_and_a_success_between_them_does_not()
    {
        Fail(4);
        _health.Circuit.Succeeded();
        Fail(4);
        Assert.Equal((CircuitState.Closed, true), (_health.Circuit.State, _health.Circuit.TryEnter()));
        Fail(1);
        Assert.Equal((CircuitState.Open, false), (_health.Circuit.State, _health.Circuit.TryEnter()));
    }

    [Fact]
    public void After_a_rest_one_request_tries_and_each_failed_trial_doubles_the_rest()
    {
        Fail(5);
        foreach (var rest in new[] { 2, 4, 8, 16, 32, 60, 60 })
        {
            _time.Advance(TimeSpan.FromSeconds(rest) - TimeSpan.FromMilliseconds(1));
            Assert.False(_health.Circuit.TryEnter());
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal((true, false), (_health.Circuit.TryEnter(), _health.Circuit.TryEnter()));
            Fail(1);
        }

        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(_health.Circuit.TryEnter());
        _health.Circuit.Succeeded();
        Assert.Equal((true, true), (_health.Circuit.TryEnter(), _health.Circuit.TryEnter()));
    }

    [Fact]
    public void A_trial_that_was_given_up_by_its_asker_leaves_it_open()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_health.Circuit.TryEnter());
        _health.Circuit.Left();
        Assert.Equal(CircuitState.Open, _health.Circuit.State);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_health.Circuit.TryEnter());
    }

    [Fact]
    public async Task Servers_that_fail_open_it_and_are_not_asked_while_refusals_are_answers()
    {
        var server = new Answering { Status = HttpStatusCode.TooManyRequests };
        using var http = new HttpClient(new CircuitBreakerHandler(_health, _time) { InnerHandler = server });
        for (var i = 0; i < 10; i++) await http.GetAsync(new Uri("http://exchange"));
        Assert.Equal((CircuitState.Closed, 0), (_health.Circuit.State, _health.ErrorRate));

        server.Status = HttpStatusCode.BadGateway;
        for (var i = 0; i < 5; i++) await http.GetAsync(new Uri("http://exchange"));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://exchange")));
        Assert.Equal(15, server.Asked);
        Assert.InRange(_health.ErrorRate!.Value, 0.3, 0.5);
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++) _health.Circuit.Failed();
    }

    private sealed class Answering : HttpMessageHandler
    {
        public HttpStatusCode Status { get; set; }

        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(new HttpResponseMessage(Status));
        }
    }
}
