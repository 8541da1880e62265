using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

public sealed class AttemptJudgeTests
{
    private static readonly TimeSpan Days = TimeSpan.FromDays(5);

    [Fact]
    public void A_failure_is_tried_again_until_the_schedule_ends()
    {
        var states = Enumerable.Range(0, 11).Select(attempts => Judge(Attempt.Failed("busy"), attempts).Result.State).ToList();
        Assert.Equal(9, states.TakeWhile(state => state == DeliveryState.Pending).Count());
        Assert.All(states.Skip(9), state => Assert.Equal(DeliveryState.Dead, state));
    }

    [Fact]
    public void A_rejected_message_is_dead_and_its_endpoint_goes_on()
    {
        var (result, disable) = Judge(new Attempt(AttemptOutcome.Rejected, 400, "answered 400", "what?"));
        Assert.Equal((DeliveryState.Dead, 400, "what?"), (result.State, result.Status, result.Response));
        Assert.Null(disable);
    }

    [Fact]
    public void One_of_several_in_a_refused_message_goes_out_again_and_loses_no_attempt()
    {
        var pause = TimeSpan.FromSeconds(3);
        var (result, _) = AttemptJudge.Judge(
            new ClaimedDelivery("msg_1", "chat", DeliveryEvent.Alert, null, 9, 0), new Attempt(AttemptOutcome.Rejected, 400), TimeSpan.Zero, null, Days, 0.5, pause);
        Assert.Equal((DeliveryState.Pending, pause, AttemptCounts.OutsideSchedule), (result.State, result.RetryAfter, result.Counts));
    }

    [Fact]
    public void An_endpoint_that_is_gone_is_switched_off_at_once()
    {
        var (result, disable) = Judge(new Attempt(AttemptOutcome.EndpointGone, 410, "answered 410"));
        Assert.Equal(DeliveryState.Dead, result.State);
        Assert.Equal("answered 410", disable);
    }

    [Fact]
    public void An_endpoint_that_took_nothing_for_days_is_switched_off_and_one_that_failed_for_hours_is_not()
    {
        Assert.NotNull(Judge(Attempt.Failed("busy"), failingFor: TimeSpan.FromDays(5.1)).DisableBecause);
        Assert.Null(Judge(Attempt.Failed("busy"), failingFor: TimeSpan.FromHours(5)).DisableBecause);
        Assert.Null(Judge(new Attempt(AttemptOutcome.Delivered, 204), failingFor: TimeSpan.FromDays(5.1)).DisableBecause);
    }

    [Fact]
    public void A_test_is_never_repeated() =>
        Assert.Equal(DeliveryState.Dead, Judge(Attempt.Failed("busy"), @event: DeliveryEvent.Test).Result.State);

    [Fact]
    public void Only_alerts_that_the_endpoint_should_have_taken_say_whether_it_is_well()
    {
        Assert.True(Judge(new Attempt(AttemptOutcome.Delivered, 204), @event: DeliveryEvent.Test).Result.EndpointIsWell);
        Assert.False(Judge(Attempt.Failed("busy")).Result.EndpointIsWell);
        Assert.Null(Judge(Attempt.Failed("busy"), @event: DeliveryEvent.Test).Result.EndpointIsWell);
        Assert.Null(Judge(new Attempt(AttemptOutcome.Rejected, 422)).Result.EndpointIsWell);
    }

    private static (DeliveryResult Result, string? DisableBecause) Judge(
        Attempt attempt, int attempts = 0, TimeSpan? failingFor = null, DeliveryEvent @event = DeliveryEvent.Alert) =>
        AttemptJudge.Judge(new ClaimedDelivery("msg_1", "hook", @event, null, attempts, 0), attempt, TimeSpan.Zero, failingFor, Days, 0.5);
}
