using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Hosting;
using CryptoScreener.UnitTests.AlertEngine.Delivery;

namespace CryptoScreener.UnitTests.Hosting;

public sealed class AlertCorrelationTests
{
    [Fact]
    public void A_firing_its_end_and_its_acknowledgement_have_one_id()
    {
        var fired = Messages.Alert("a1");
        var ended = Messages.Alert("a2", state: AlertState.Resolved) with { Resolves = "a1" };
        var taken = Messages.Alert("a3", state: AlertState.Acknowledged) with { Acknowledges = "a1" };

        Assert.Equal(["a1", "a1", "a1"], new[] { fired, ended, taken }.Select(AlertCorrelation.IdOf));
        using (AlertCorrelation.Begin(ended)) Assert.Equal("a1", Correlation.Current);
        Assert.Null(Correlation.Current);
    }
}
