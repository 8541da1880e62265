using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Engine;

public sealed class DemandNotesTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private readonly ManualTime _time = new();
    private readonly RulesInForce _rules = new(NullLogger<RulesInForce>.Instance);
    private readonly RefusedMetrics _refused = new();

    [Fact]
    public async Task A_rule_says_what_calculators_object_to_after_it_had_asked_and_until_they_take_it_back()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var demands = storage.Get<DemandStore>();
        _rules.Replace([new RuleDefinition { Id = "r", Version = 1, Name = "r", RuleType = "custom", Expression = "rsi(14,2h) < 30" }]);
        _rules.For(CalculationPlan.Create().Catalogue);
        using var notes = new DemandNotes(_rules, demands, _refused, _time, NullLogger<DemandNotes>.Instance);
        await notes.RunOnceAsync(CancellationToken.None);
        Assert.Empty(_refused.Reasons);

        await HearAsync("There are no bars of 2h.");
        var fault = Assert.Single(RefusedMetrics.Faults(_rules.Newest!, _refused.Reasons));
        Assert.Equal(("r", "nobody calculates rsi(14,2h): There are no bars of 2h."), (fault.Key, fault.Value.Errors));

        await HearAsync(null);
        Assert.Empty(_refused.Reasons);

        async Task HearAsync(string? objection)
        {
            await demands.JudgeAsync([new Demand("rsi(14,2h)", objection)]);
            _time.Advance(TimeSpan.FromMinutes(1));
            await notes.RunOnceAsync(CancellationToken.None);
        }
    }
}
