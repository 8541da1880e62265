using System.Net;
using System.Text;

namespace CryptoScreener.ContractTests.Simulator;

/// <summary>How faults are ordered.</summary>
public sealed class FaultOrderTests
{
    [Fact]
    public async Task A_schedule_file_strikes_when_its_time_has_come()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """[{"kind":"rest_error","after":0.2,"status":500,"seconds":600}]""");
            await using var simulator = await FaultySimulator.StartAsync("--faults", file);
            HttpStatusCode status;
            do status = (await simulator.Http.GetAsync("/api/v5/public/time")).StatusCode;
            while (status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests);
            Assert.Equal(HttpStatusCode.InternalServerError, status);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("""{"kind":"explode"}""", "half_open")]
    [InlineData("""{"kind":"drop","exchange":"nowhere"}""", "okx-swap")]
    [InlineData("""{"kind":"stall","symbol":"NOPEUSDT"}""", "GET /sim/markets")]
    [InlineData("""{"kind":"correct"}""", "needs a symbol")]
    [InlineData("""{"kind":"drop","count":0}""", "must be positive")]
    public async Task An_order_that_makes_no_sense_is_refused_with_the_reason(string order, string reason)
    {
        await using var simulator = await FaultySimulator.StartAsync();
        var answer = await simulator.Http.PostAsync("/sim/faults", new StringContent(order, Encoding.UTF8));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
