using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>What comes of an attempt: delivered, again later, a dead letter, an endpoint switched off. Pure.</summary>
internal static class AttemptJudge
{
    /// <param name="failingFor">How long nothing has reached the endpoint; null while it is well.</param>
    /// <param name="random">From 0 to 1.</param>
    /// <param name="inSmallerMessageAfter">It was one of several in the message; when it goes out with fewer.</param>
    public static (DeliveryResult Result, string? DisableBecause) Judge(
        ClaimedDelivery delivery, in Attempt attempt, TimeSpan took, TimeSpan? failingFor, TimeSpan disableAfter, double random, TimeSpan? inSmallerMessageAfter = null)
    {
        var result = new DeliveryResult(
            delivery.Id, DeliveryState.Dead, took, attempt.Status, attempt.Error, attempt.Response, EndpointIsWell: IsWell(delivery.Event, attempt.Outcome));
        switch (attempt.Outcome)
        {
            case AttemptOutcome.Delivered:
                return (result with { State = DeliveryState.Delivered }, null);
            case AttemptOutcome.Rejected:
                // Which of the alerts was refused is not known yet: nobody's schedule grows shorter for that.
                return (inSmallerMessageAfter is { } after ? result with { State = DeliveryState.Pending, RetryAfter = after, Counts = AttemptCounts.OutsideSchedule } : result, null);
            case AttemptOutcome.EndpointGone:
                return (result, attempt.Error);
        }

        if (delivery.Event == DeliveryEvent.Test) return (result, null); // its owner waits for the answer, not for days
        if (failingFor > disableAfter) return (result, $"nothing was delivered for {failingFor.Value.TotalDays:0.#} days; the last attempt: {attempt.Error}");
        return RetrySchedule.Next(delivery.Attempts + 1, attempt.RetryAfter, random) is { } pause
            ? (result with { State = DeliveryState.Pending, RetryAfter = pause }, null)
            : (result, null);
    }

    // An owner who tries out an address that is not there yet, and a receiver that does not want one message, say nothing of the days
    // in which nothing came through.
    private static bool? IsWell(DeliveryEvent what, AttemptOutcome outcome) => (what, outcome) switch
    {
        (_, AttemptOutcome.Delivered) => true,
        (DeliveryEvent.Test, _) or (_, AttemptOutcome.Rejected) => null,
        _ => false,
    };
}
